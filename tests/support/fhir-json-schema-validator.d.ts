declare module '@asymmetrik/fhir-json-schema-validator' {
  /** Validates against the JSON schema that HL7 publishes for FHIR R4. */
  export default class JSONSchemaValidator {
    /** @returns what is wrong, empty when nothing is */
    validate(resource: unknown): unknown[];
  }
}
