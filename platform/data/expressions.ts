import { FORMAT, type Formats, guarded, marked, mayMake } from './format.ts';
import type { AttributeChanges, Check, Put, Remove, Update, Write } from './write.ts';

interface Expression {
  names: Record<string, string>;
  values: Record<string, unknown>;
}

/** What DynamoDB takes in one expression, in bytes. Ours name what code names, and never what data holds: they stay small. */
const LONGEST_EXPRESSION = 4096;

/** @throws Error for an expression that grew with data, before DynamoDB refuses it in production alone */
function mustStaySmall(expression: string): void {
  if (expression.length > LONGEST_EXPRESSION)
    throw new Error(`An expression of ${expression.length} bytes grew with data`);
}

const orNothing = <T extends object>(map: T): T | undefined => (Object.keys(map).length > 0 ? map : undefined);

/** @param made the format of the item, should the update make it */
function updateExpression(
  { set = {}, entries = {}, add = {} }: AttributeChanges,
  { names, values }: Expression,
  made: number | undefined,
): string {
  const clauses = { SET: [] as string[], REMOVE: [] as string[], ADD: [] as string[] };
  const alias = (attribute: string): string => {
    const name = `#u${Object.keys(names).length}`;
    names[name] = attribute;
    return name;
  };
  const hold = (value: unknown): string => {
    const name = `:u${Object.keys(values).length}`;
    values[name] = value;
    return name;
  };
  const assign = (path: string, value: unknown): void => {
    if (value === undefined) clauses.REMOVE.push(path);
    else clauses.SET.push(`${path} = ${hold(value)}`);
  };
  for (const [attribute, value] of Object.entries(set)) assign(alias(attribute), value);
  for (const [attribute, changes] of Object.entries(entries)) {
    const map = alias(attribute);
    for (const [key, value] of Object.entries(changes)) assign(`${map}.${alias(key)}`, value);
  }
  if (made !== undefined) clauses.SET.push(`#${FORMAT} = if_not_exists(#${FORMAT}, ${hold(made)})`);
  for (const [attribute, amount] of Object.entries(add)) clauses.ADD.push(`${alias(attribute)} ${hold(amount)}`);
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
    .join(' ');
}

/** What must hold for a write, and of an update what it changes, as DynamoDB takes it. */
function parametersOf(
  TableName: string,
  condition: { readonly when: string; readonly names?: object; readonly values?: object } | undefined,
  updating?: (expression: Expression) => string,
) {
  const expression: Expression = { names: { ...condition?.names }, values: { ...condition?.values } };
  const UpdateExpression = updating?.(expression);
  mustStaySmall(UpdateExpression ?? '');
  mustStaySmall(condition?.when ?? '');
  return {
    TableName,
    ...(condition && {
      ConditionExpression: condition.when,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
    ...(UpdateExpression !== undefined && { UpdateExpression }),
    ExpressionAttributeNames: orNothing(expression.names),
    ExpressionAttributeValues: orNothing(expression.values),
  };
}

/** An update as the input of `UpdateItem`, or as an entry of a transaction. */
export function updateInput(table: string, write: Update, formats: Formats) {
  const made = mayMake(write) ? formats.format : undefined;
  const updating = (expression: Expression) => updateExpression(write.attributes, expression, made);
  const { UpdateExpression = '', ...rest } = parametersOf(table, guarded(write, formats), updating);
  return { ...rest, UpdateExpression, Key: write.key };
}

/** A put as the input of `PutItem`, or as an entry of a transaction. */
export const putInput = (table: string, write: Put, formats: Formats) => ({
  ...parametersOf(table, guarded(write, formats)),
  Item: marked(write.item, formats),
});

/** A removal as the input of `DeleteItem`, or a removal or check as an entry of a transaction. */
export const removeInput = (table: string, { condition, key }: Remove | Check) => ({
  ...parametersOf(table, condition),
  Key: key,
});

/** A write as an entry of `TransactWriteItems`. */
export function transactItem(table: string, write: Write, formats: Formats) {
  switch (write.kind) {
    case 'put':
      return { Put: putInput(table, write, formats) };
    case 'remove':
      return { Delete: removeInput(table, write) };
    case 'update':
      return { Update: updateInput(table, write, formats) };
    case 'check':
      return { ConditionCheck: { ...removeInput(table, write), ConditionExpression: write.condition.when } };
  }
}
