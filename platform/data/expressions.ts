import type { Change, Condition, Write } from './write.ts';

interface Expression {
  names: Record<string, string>;
  values: Record<string, unknown>;
}

const orNothing = <T extends object>(map: T): T | undefined => (Object.keys(map).length > 0 ? map : undefined);

function updateExpression({ set = {}, entries = {}, add = {} }: Change, { names, values }: Expression): string {
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
  for (const [attribute, amount] of Object.entries(add)) clauses.ADD.push(`${alias(attribute)} ${hold(amount)}`);
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
    .join(' ');
}

function conditional(condition: Condition | undefined) {
  const expression: Expression = { names: { ...condition?.names }, values: { ...condition?.values } };
  return {
    expression,
    parameters: () => ({
      ...(condition && {
        ConditionExpression: condition.when,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      }),
      ExpressionAttributeNames: orNothing(expression.names),
      ExpressionAttributeValues: orNothing(expression.values),
    }),
  };
}

/** A write as an entry of `TransactWriteItems` for one table. */
export function transactItem(TableName: string, write: Write) {
  const { expression, parameters } = conditional(write.condition);
  switch (write.kind) {
    case 'put':
      return { Put: { TableName, Item: write.item, ...parameters() } };
    case 'remove':
      return { Delete: { TableName, Key: write.key, ...parameters() } };
    case 'check':
      return {
        ConditionCheck: { TableName, Key: write.key, ConditionExpression: write.condition.when, ...parameters() },
      };
    case 'update': {
      const UpdateExpression = updateExpression(write.change, expression);
      return { Update: { TableName, Key: write.key, UpdateExpression, ...parameters() } };
    }
  }
}
