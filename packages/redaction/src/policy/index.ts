export { parseRedactionPolicy, type ParsePolicyOptions } from './parse-policy.ts';
export type {
  ContentPolicy,
  RedactionAction,
  RedactionLevel,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './redaction-policy.ts';
export { type TokenPattern, tokenPatterns } from './token-patterns.ts';
export { identityNames, secretNames } from '../keys/sensitive-names.ts';
