import type { Change, Condition, Write } from './write.ts';

interface Expression {
  names: Record<string, string>;
  values: Record<string, unknown>;
}

const orNothing = <T extends object>(map: T): T | undefined => (Object.keys(map).length > 0 ? map : undefined);

function updateExpression({ set = {}, add = {} }: Change, { names, values }: Expression): string {
  const clauses = { SET: [] as string[], REMOVE: [] as string[], ADD: [] as string[] };
  const alias = (attribute: string): string => {
    const name = `#u${Object.keys(names).length}`;
    names[name] = attribute;
    return name;
  };
  for (const [attribute, value] of Object.entries(set)) {
    const name = alias(attribute);
    if (value === undefined) clauses.REMOVE.push(name);
    else {
      clauses.SET.push(`${name} = :${name.slice(1)}`);
      values[`:${name.slice(1)}`] = value;
    }
  }
  for (const [attribute, amount] of Object.entries(add)) {
    const name = alias(attribute);
    clauses.ADD.push(`${name} :${name.slice(1)}`);
    values[`:${name.slice(1)}`] = amount;
  }
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
