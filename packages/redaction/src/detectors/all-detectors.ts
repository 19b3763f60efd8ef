import type { KeyRules } from '../keys/key-rules.ts';
import { aiServiceTokens } from './ai-service-tokens.ts';
import { basicCredentials, bearerToken, signatureHeader } from './authorization.ts';
import { awsAccessKey } from './aws-access-key.ts';
import { businessServiceTokens } from './business-service-tokens.ts';
import { cloudTokens } from './cloud-tokens.ts';
import { creditCard } from './credit-card.ts';
import type { Detector, DigitDetector, NativePass, Preset } from './detector.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { ipv4Address, ipv6Address } from './ip-address.ts';
import { jwt } from './jwt.ts';
import { keyValueDetectors } from './key-value.ts';
import { azureClientSecret, telegramToken, terraformToken } from './marked-inside.ts';
import { phone } from './phone.ts';
import { privateKey } from './private-key.ts';
import { tokenDetector } from './token-format.ts';
import { urlCredentials } from './url-credentials.ts';
import { usSsn } from './us-ssn.ts';

/** Everything that is looked for under one policy, in the order in which it is tried. */
export interface DetectorSet {
  readonly anchored: readonly Detector[];
  readonly digits: readonly DigitDetector[];
  readonly passes: readonly NativePass[];
}

const anchored: readonly Detector[] = [
  ...[...aiServiceTokens, ...cloudTokens, ...businessServiceTokens].map(tokenDetector),
  awsAccessKey,
  jwt,
  privateKey,
  urlCredentials,
  bearerToken,
  basicCredentials,
  signatureHeader,
  azureClientSecret,
  terraformToken,
  telegramToken,
  email,
];
/** The surest first: what one took, the next ones leave alone. */
const digits: readonly DigitDetector[] = [iban, creditCard, usSsn, phone];
const passes: readonly NativePass[] = [ipv4Address, ipv6Address];

/** Kinds of findings that have no detector of their own kind. */
const otherKinds = ['aws_secret_key', 'sensitive_key'];

/** The detectors of `presets`, with names of keys judged by `rules`. */
export function detectorsOf(presets: ReadonlySet<Preset>, rules: KeyRules): DetectorSet {
  const isOn = ({ preset }: { readonly preset: Preset }): boolean => presets.has(preset);
  return {
    // Names of keys come first: they know where a quoted value ends, whatever stands in it.
    anchored: [...keyValueDetectors(rules), ...anchored.filter(isOn)],
    digits: digits.filter(isOn),
    passes: passes.filter(isOn),
  };
}

/** The kinds a policy may name an action for. */
export const detectorKinds: ReadonlySet<string> = new Set([
  ...[...anchored, ...digits, ...passes].map(({ kind }) => kind),
  ...otherKinds,
]);
