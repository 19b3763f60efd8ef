export { parseRedactionPolicy } from './parse-policy.ts';
export type {
  RedactionAction,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './redaction-policy.ts';
