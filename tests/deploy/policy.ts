import { type Named, ofType, type Resource, type Template } from '../../project/template.ts';

/** A promise about the template: what breaks it, and a way to break it by hand. */
export interface Policy {
  readonly promise: string;
  /** Only where data is kept. */
  readonly prodOnly?: boolean;
  /** What is wrong, by logical id; nothing when the promise is kept. */
  readonly faults: (template: Template) => string[];
  /** Breaks it, so that the faults can be seen to be found. */
  readonly breakIt: (template: Template) => unknown;
}

/** The faults of those resources of a type that do not hold what they should. */
export const each = (type: string, holds: (resource: Resource, template: Template, id: string) => unknown) => {
  return (template: Template): string[] => {
    const all = ofType(template, type);
    if (all.length === 0) return [`there is no ${type}`];
    return all.filter(([id, resource]) => !holds(resource, template, id)).map(([id]) => id);
  };
};

/** Changes the first resource of a type for which the condition holds. */
export const spoil = (
  type: string,
  change: (resource: Resource) => void,
  where: (one: Named) => boolean = () => true,
) => {
  return (template: Template): void => {
    const one = ofType(template, type).find(where);
    if (!one) throw new Error(`there is no ${type} to spoil`);
    change(one[1]);
  };
};

/** Removes the first resource of a type for which the condition holds. */
export const drop =
  (type: string, where: (one: Named) => boolean = () => true) =>
  (template: Template): void => {
    const one = ofType(template, type).find(where);
    if (!one) throw new Error(`there is no ${type} to drop`);
    delete template.Resources[one[0]];
  };
