/** A statement of a policy that allows something, its names resolved. */
export interface Allowed {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What somebody asks of AWS. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** What is known of the request beside it, by condition key. */
  readonly context?: Readonly<Record<string, string>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];

/** Whether a text is what a policy means, in which `*` stands for anything. */
const isLike = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(text);

type Operator = (values: readonly string[], given: string | undefined) => boolean;

/** As IAM reads them: what was not sent equals nothing. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: (values, given) => given !== undefined && values.includes(given),
  StringNotEquals: (values, given) => given === undefined || !values.includes(given),
  ArnEquals: (values, given) => given !== undefined && values.some((value) => isLike(value, given)),
  ArnLike: (values, given) => given !== undefined && values.some((value) => isLike(value, given)),
};

function holds({ Condition = {} }: Allowed, context: Asked['context'] = {}): boolean {
  return Object.entries(Condition).every(([name, keys]) => {
    const operator = OPERATORS[name];
    if (!operator) throw new Error(`What does ${name} mean?`);
    return Object.entries(keys).every(([key, values]) => operator(list(values), context[key]));
  });
}

/** Whether statements that allow, and nothing else, allow what is asked. */
export const allows = (statements: readonly Allowed[], { action, resource, context }: Asked): boolean =>
  statements.some(
    (statement) =>
      list(statement.Action).some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
      list(statement.Resource).some((pattern) => isLike(pattern, resource)) &&
      holds(statement, context),
  );
