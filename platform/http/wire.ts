/**
 * How a client spells a value, as JSON Schema 2020-12: for a schema whose transformation hides it. Goes into zod's
 * `meta`, and from there into OpenAPI.
 */
export const wire = (schema: Readonly<Record<string, unknown>>) => ({ wire: schema });
