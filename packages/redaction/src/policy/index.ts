export { parseRedactionPolicy } from './parse-policy.ts';
export type {
  RedactionAction,
  RedactionLevel,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './redaction-policy.ts';
