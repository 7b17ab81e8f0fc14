import { attributeOf, type Place, refOf } from './names.ts';

/** The value with its Ref, Fn::GetAtt, Fn::Sub and Fn::Join replaced by what they mean here. */
export function resolveIntrinsics(place: Place, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => resolveIntrinsics(place, element));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 && entries[0] ? entries[0] : ['', undefined];
  const intrinsic = intrinsics[name];
  if (intrinsic) return intrinsic(place, argument);
  return Object.fromEntries(entries.map(([key, element]) => [key, resolveIntrinsics(place, element)]));
}

/** The environment of a function with every value a plain string. */
export function resolveEnvironment(place: Place, environment: Readonly<Record<string, unknown>> = {}) {
  const resolved = Object.entries(environment).map(([name, value]) => [name, String(resolveIntrinsics(place, value))]);
  return Object.fromEntries(resolved) as Record<string, string>;
}

const intrinsics: Readonly<Record<string, (place: Place, argument: unknown) => unknown>> = {
  Ref: (place, argument) => refOf(place, String(argument)),
  'Fn::GetAtt': (place, argument) => {
    const [logicalId = '', attribute = ''] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return attributeOf(place, logicalId, attribute);
  },
  'Fn::Sub': (place, argument) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return substitute(place, String(template), resolveEnvironment(place, variables as Record<string, unknown>));
  },
  'Fn::Join': (place, argument) => {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolveIntrinsics(place, part)).join(separator);
  },
};

function substitute(place: Place, template: string, variables: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{([^}!]+)\}/g, (_, name: string) => {
    const [logicalId = '', attribute] = name.split('.');
    return variables[name] ?? (attribute ? attributeOf(place, logicalId, attribute) : refOf(place, logicalId));
  });
}
