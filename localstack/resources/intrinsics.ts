import { attributeOf, type LocalTemplate, refOf } from './names.ts';

/** The value with its Ref, Fn::GetAtt, Fn::Sub and Fn::Join replaced by what they mean here. */
export function resolveIntrinsics(template: LocalTemplate, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => resolveIntrinsics(template, element));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 && entries[0] ? entries[0] : ['', undefined];
  const intrinsic = intrinsics[name];
  if (intrinsic) return intrinsic(template, argument);
  return Object.fromEntries(entries.map(([key, element]) => [key, resolveIntrinsics(template, element)]));
}

/** The environment of a function with every value a plain string. */
export function resolveEnvironment(template: LocalTemplate, environment: Readonly<Record<string, unknown>> = {}) {
  const resolved = Object.entries(environment).map(([name, value]) => [
    name,
    String(resolveIntrinsics(template, value)),
  ]);
  return Object.fromEntries(resolved) as Record<string, string>;
}

const intrinsics: Readonly<Record<string, (template: LocalTemplate, argument: unknown) => unknown>> = {
  Ref: (template, argument) => refOf(template, String(argument)),
  'Fn::GetAtt': (template, argument) => {
    const [logicalId = '', attribute = ''] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return attributeOf(template, logicalId, attribute);
  },
  'Fn::Sub': (template, argument) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return substitute(template, String(text), resolveEnvironment(template, variables as Record<string, unknown>));
  },
  'Fn::Join': (template, argument) => {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolveIntrinsics(template, part)).join(separator);
  },
};

function substitute(template: LocalTemplate, text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{([^}!]+)\}/g, (_, name: string) => {
    const [logicalId = '', attribute] = name.split('.');
    return variables[name] ?? (attribute ? attributeOf(template, logicalId, attribute) : refOf(template, logicalId));
  });
}
