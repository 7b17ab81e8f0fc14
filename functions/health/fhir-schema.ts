import * as z from 'zod';

const Coding = z.object({ system: z.url(), code: z.string(), display: z.string().optional() });
const CodeableConcept = z.object({ coding: z.array(Coding).min(1), text: z.string().optional() });

const Quantity = z.object({
  value: z.number(),
  unit: z.string(),
  system: z.literal('http://unitsofmeasure.org'),
  code: z.string(),
});

const Observation = z.object({
  resourceType: z.literal('Observation'),
  meta: z.object({ profile: z.array(z.url()) }),
  status: z.literal('final'),
  category: z.array(CodeableConcept).min(1),
  code: CodeableConcept,
  subject: z.object({
    reference: z.string(),
    identifier: z.object({ system: z.string(), value: z.string() }),
  }),
  effectiveDateTime: z.iso.datetime(),
  /** The Observations of this Bundle that it was computed from. */
  derivedFrom: z.array(z.object({ reference: z.string() })).optional(),
  valueQuantity: Quantity.optional(),
  component: z.array(z.object({ code: CodeableConcept, valueQuantity: Quantity })).optional(),
});
export type Observation = z.input<typeof Observation>;

/** A FHIR R4 (4.0.1) Bundle of vital-signs Observations: the part of the standard that we speak. */
export const Bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('collection'),
  timestamp: z.iso.datetime(),
  entry: z.array(z.object({ fullUrl: z.string(), resource: Observation })).min(1),
});
export type Bundle = z.input<typeof Bundle>;
