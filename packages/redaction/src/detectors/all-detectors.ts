import type { KeyRules } from '../keys/key-rules.ts';
import { personalNames } from '../keys/personal-names.ts';
import { aiServiceTokens } from './ai-service-tokens.ts';
import { basicCredentials } from './basic-credentials.ts';
import { bearerToken } from './bearer-token.ts';
import { signatureHeader } from './request-signature.ts';
import { apiQuery } from './api-query.ts';
import { authorizationCode } from './authorization-code.ts';
import { awsAccessKey } from './aws-access-key.ts';
import { azureAccountKey, azureKey } from './azure-keys.ts';
import { businessServiceTokens } from './business-service-tokens.ts';
import { cloudTokens, signedUrls } from './cloud-tokens.ts';
import { commandPassword } from './command-password.ts';
import { cookieJar } from './cookie-jar.ts';
import { coordinates, labelledCoordinates, sidedCoordinates } from './coordinates.ts';
import { creditCard } from './credit-card.ts';
import { credentialCall } from './credential-call.ts';
import { cryptoAddress } from './crypto-address.ts';
import type {
  AnchoredMatcher,
  Detector,
  DetectorTraits,
  DigitDetector,
  Level,
  NativePass,
  Preset,
} from './detector.ts';
import { doubledQuote } from './doubled-quote.ts';
import { email } from './email.ts';
import { facebookAppToken } from './facebook-app-token.ts';
import { iban } from './iban.ts';
import { identifyCommand } from './identify-command.ts';
import { addressLine, documentNumber, shortBirthLabel, spokenCardCode } from './person-labels.ts';
import { insertStatement } from './insert-statement.ts';
import { ipv4Address, ipv6Address, privateIpv4Address, privateIpv6Address } from './ip-address.ts';
import { jwt } from './jwt.ts';
import { keyValueDetectors } from './key-value.ts';
import { mailName } from './mail-name.ts';
import { macAddress } from './mac-address.ts';
import { azureClientSecret } from './azure-client-secret.ts';
import { terraformToken } from './terraform-token.ts';
import { sqlUserPassword } from './sql-user-password.ts';
import { telegramToken } from './telegram-token.ts';
import { newRelicLicence } from './new-relic-licence.ts';
import { mailchimpKey } from './mailchimp-key.ts';
import { airtableToken } from './airtable-token.ts';
import { devicePassword } from './device-password.ts';
import { discordToken } from './discord-token.ts';
import { paypalToken } from './paypal-token.ts';
import { labelledPhone, nationalPhone, northAmericanPhone } from './national-phone.ts';
import { cryptHash, passwordHash } from './password-hash.ts';
import { passwordFile } from './password-file.ts';
import { phone } from './phone.ts';
import { prefixedToken } from './prefixed-token.ts';
import { privateKey } from './private-key.ts';
import { pipedPassword } from './piped-password.ts';
import { powershellPassword } from './powershell-password.ts';
import { protocolLogin } from './protocol-login.ts';
import { puttyKey } from './putty-key.ts';
import { redisAcl } from './redis-acl.ts';
import { tokenDetector } from './token-format.ts';
import { nationalIds } from './national-ids/all-national-ids.ts';
import { numberPass } from './national-ids/labelled-number.ts';
import { execForm } from './exec-form.ts';
import { oneTimeCode } from './one-time-code.ts';
import { constraintValues } from './constraint-values.ts';
import { rejectedValue } from './rejected-value.ts';
import { spokenKey } from './spoken-key.ts';
import { sqlKeys } from './sql-keys.ts';
import { workflowCommand } from './workflow-command.ts';
import { samlMessage } from './saml-message.ts';
import { pathToken } from './path-token.ts';
import { asPassword } from './as-password.ts';
import { saslMessage } from './sasl-message.ts';
import { segmentFields } from './segment-fields.ts';
import { attendee, jsonCard, vCard } from './contact-card.ts';
import { partyName } from './party-name.ts';
import { callerName } from './caller-name.ts';
import { passwordCommand } from './password-command.ts';
import { codeConstant } from './code-constant.ts';
import { userPair } from './user-pair.ts';
import { codeBefore } from './code-before.ts';
import { oracleCredentials, sourceCredentials, urlCredentials } from './url-credentials.ts';
import { labelledSsn, usSsn } from './us-ssn.ts';

/** Everything that is looked for under one policy, in the order in which it is tried. */
export interface DetectorSet {
  readonly anchored: readonly AnchoredMatcher[];
  readonly digits: readonly DigitDetector[];
  readonly passes: readonly NativePass[];
}

const anchored: readonly Detector[] = [
  ...[...aiServiceTokens, ...cloudTokens, ...businessServiceTokens].map(tokenDetector),
  awsAccessKey,
  jwt,
  privateKey,
  urlCredentials,
  oracleCredentials,
  sourceCredentials,
  bearerToken,
  basicCredentials,
  signatureHeader,
  azureClientSecret,
  terraformToken,
  telegramToken,
  azureKey,
  azureAccountKey,
  newRelicLicence,
  mailchimpKey,
  airtableToken,
  discordToken,
  paypalToken,
  puttyKey,
  prefixedToken,
  authorizationCode,
  commandPassword,
  credentialCall,
  apiQuery,
  devicePassword,
  redisAcl,
  samlMessage,
  userPair,
  codeBefore,
  pipedPassword,
  protocolLogin,
  oneTimeCode,
  spokenKey,
  powershellPassword,
  sqlUserPassword,
  cookieJar,
  passwordFile,
  passwordHash,
  cryptHash,
  email,
  mailName,
  identifyCommand,
  spokenCardCode,
  shortBirthLabel,
  documentNumber,
  addressLine,
  segmentFields,
  vCard,
  jsonCard,
  attendee,
  partyName,
  callerName,
  passwordCommand,
  codeConstant,
  saslMessage,
  asPassword,
  pathToken,
];
/** The surest first: what one took, the next ones leave alone. */
const digits: readonly DigitDetector[] = [
  facebookAppToken,
  iban,
  creditCard,
  usSsn,
  labelledSsn,
  phone,
  northAmericanPhone,
  nationalPhone,
  labelledPhone,
];
const passes: readonly NativePass[] = [
  macAddress,
  ipv4Address,
  ipv6Address,
  privateIpv4Address,
  privateIpv6Address,
  ...nationalIds.map(numberPass),
  coordinates,
  sidedCoordinates,
  labelledCoordinates,
  cryptoAddress,
];

/** Kinds of findings that have no detector of their own kind. */
const otherKinds = ['aws_secret_key', 'sensitive_key', 'us_itin', ...Object.keys(personalNames)];

/** What a policy asks for. */
export interface Selection {
  readonly presets: ReadonlySet<Preset>;
  readonly level: Level;
  /** Kinds or groups. */
  readonly added: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
}

const levels: readonly Level[] = ['certain', 'likely', 'high'];

/** The detectors of a selection, with names of keys judged by `rules`. */
export function detectorsOf(selection: Selection, rules: KeyRules): DetectorSet {
  const { presets, level, added, dropped } = selection;
  const highest = levels.indexOf(level);
  const isOn = ({ kind, preset, group, level: own = 'certain' }: DetectorTraits): boolean => {
    const names = group === undefined ? [kind] : [kind, group];
    if (names.some((name) => dropped.has(name))) return false;
    if (names.some((name) => added.has(name))) return true;
    return group === undefined && presets.has(preset) && levels.indexOf(own) <= highest;
  };
  return {
    // Parameters of signed URLs have a kind of their own. Then the names of keys: they know where a quoted value
    // ends, whatever stands in it.
    anchored: [
      ...signedUrls.map(tokenDetector).filter(isOn),
      ...(presets.has('secrets') || presets.has('pii')
        ? [insertStatement(rules), rejectedValue(rules), constraintValues(rules)]
        : []),
      ...[workflowCommand(rules), execForm(rules), sqlKeys(rules)].filter(isOn),
      ...keyValueDetectors(rules),
      ...anchored.filter(isOn),
      doubledQuote,
    ],
    digits: digits.filter(isOn),
    passes: passes.filter(isOn),
  };
}

const all: readonly DetectorTraits[] = [
  ...signedUrls.map(tokenDetector),
  ...anchored,
  ...digits,
  ...passes,
];

/** What a policy may add or drop: kinds, and groups of them. */
export const selectable: ReadonlySet<string> = new Set(
  all.flatMap(({ kind, group }) => (group === undefined ? [kind] : [kind, group])),
);

/** The kinds a policy may name an action for. */
export const detectorKinds: ReadonlySet<string> = new Set([
  ...all.map(({ kind }) => kind),
  ...otherKinds,
]);

/** By which preset a kind is looked for. */
export const detectorPresets: ReadonlyMap<string, Preset> = new Map<string, Preset>([
  ...Object.keys(personalNames).map((kind) => [kind, 'pii'] as const),
  ...all.map(({ kind, preset }) => [kind, preset] as const),
  ['aws_secret_key', 'secrets'],
  ['sensitive_key', 'secrets'],
]);
