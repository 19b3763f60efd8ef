// Each detector brings the texts that show what it does: they are run here, with every preset, level and group on.
import { asPasswordExamples } from '../src/detectors/as-password.ts';
import { callerNameExamples } from '../src/detectors/caller-name.ts';
import { codeConstantExamples } from '../src/detectors/code-constant.ts';
import {
  attendeeExamples,
  jsonCardExamples,
  vCardExamples,
} from '../src/detectors/contact-card.ts';
import { partyNameExamples } from '../src/detectors/party-name.ts';
import { passwordCommandExamples } from '../src/detectors/password-command.ts';
import { pathTokenExamples } from '../src/detectors/path-token.ts';
import { saslMessageExamples } from '../src/detectors/sasl-message.ts';
import { segmentFieldsExamples } from '../src/detectors/segment-fields.ts';
import { describe, expect, test } from 'vitest';
import { airtableTokenExamples } from '../src/detectors/airtable-token.ts';
import { authorizationCodeExamples } from '../src/detectors/authorization-code.ts';
import { awsAccessKeyExamples } from '../src/detectors/aws-access-key.ts';
import { azureClientSecretExamples } from '../src/detectors/azure-client-secret.ts';
import { azureKeyExamples } from '../src/detectors/azure-keys.ts';
import { basicCredentialsExamples } from '../src/detectors/basic-credentials.ts';
import { bearerTokenExamples } from '../src/detectors/bearer-token.ts';
import { commandPasswordExamples } from '../src/detectors/command-password.ts';
import { pipedPasswordExamples } from '../src/detectors/piped-password.ts';
import { protocolLoginExamples } from '../src/detectors/protocol-login.ts';
import { cookieJarExamples } from '../src/detectors/cookie-jar.ts';
import { coordinatesExamples } from '../src/detectors/coordinates.ts';
import { creditCardExamples } from '../src/detectors/credit-card.ts';
import { codeBeforeExamples } from '../src/detectors/code-before.ts';
import { userPairExamples } from '../src/detectors/user-pair.ts';
import { samlMessageExamples } from '../src/detectors/saml-message.ts';
import { apiQueryExamples } from '../src/detectors/api-query.ts';
import { devicePasswordExamples } from '../src/detectors/device-password.ts';
import { redisAclExamples } from '../src/detectors/redis-acl.ts';
import { credentialCallExamples } from '../src/detectors/credential-call.ts';
import { cryptoAddressExamples } from '../src/detectors/crypto-address.ts';
import { discordTokenExamples } from '../src/detectors/discord-token.ts';
import { emailExamples } from '../src/detectors/email.ts';
import { facebookAppTokenExamples } from '../src/detectors/facebook-app-token.ts';
import { ibanExamples } from '../src/detectors/iban.ts';
import { insertStatementExamples } from '../src/detectors/insert-statement.ts';
import { ipAddressExamples, privateIpAddressExamples } from '../src/detectors/ip-address.ts';
import { jwtExamples } from '../src/detectors/jwt.ts';
import { macAddressExamples } from '../src/detectors/mac-address.ts';
import { mailNameExamples } from '../src/detectors/mail-name.ts';
import { oneTimeCodeExamples } from '../src/detectors/one-time-code.ts';
import { mailchimpKeyExamples } from '../src/detectors/mailchimp-key.ts';
import { labelledPhoneExamples, nationalPhoneExamples } from '../src/detectors/national-phone.ts';
import { newRelicLicenceExamples } from '../src/detectors/new-relic-licence.ts';
import { passwordHashExamples } from '../src/detectors/password-hash.ts';
import { passwordFileExamples } from '../src/detectors/password-file.ts';
import { paypalTokenExamples } from '../src/detectors/paypal-token.ts';
import { phoneExamples } from '../src/detectors/phone.ts';
import { prefixedTokenExamples } from '../src/detectors/prefixed-token.ts';
import { powershellPasswordExamples } from '../src/detectors/powershell-password.ts';
import { privateKeyExamples } from '../src/detectors/private-key.ts';
import { puttyKeyExamples } from '../src/detectors/putty-key.ts';
import { signatureHeaderExamples } from '../src/detectors/request-signature.ts';
import { constraintValuesExamples } from '../src/detectors/constraint-values.ts';
import { identifyCommandExamples } from '../src/detectors/identify-command.ts';
import {
  addressLineExamples,
  documentNumberExamples,
  shortBirthLabelExamples,
  spokenCardCodeExamples,
} from '../src/detectors/person-labels.ts';
import { rejectedValueExamples } from '../src/detectors/rejected-value.ts';
import { spokenKeyExamples } from '../src/detectors/spoken-key.ts';
import { sqlKeysExamples } from '../src/detectors/sql-keys.ts';
import { sqlUserPasswordExamples } from '../src/detectors/sql-user-password.ts';
import { telegramTokenExamples } from '../src/detectors/telegram-token.ts';
import { terraformTokenExamples } from '../src/detectors/terraform-token.ts';
import { urlCredentialsExamples } from '../src/detectors/url-credentials.ts';
import { labelledSsnExamples, usSsnExamples } from '../src/detectors/us-ssn.ts';
import type { DetectorExamples } from '../src/detectors/detector.ts';
import { createRedactor } from '../src/index.ts';
import { Draw } from './corpus/draw.ts';

const all: readonly (readonly [kind: string, examples: DetectorExamples])[] = [
  ['person_name', mailNameExamples],
  ['sensitive_key', oneTimeCodeExamples],
  ['airtable_token', airtableTokenExamples],
  ['authorization_code', authorizationCodeExamples],
  ['aws_access_key', awsAccessKeyExamples],
  ['azure_client_secret', azureClientSecretExamples],
  ['azure_key', azureKeyExamples],
  ['basic_credentials', basicCredentialsExamples],
  ['bearer_token', bearerTokenExamples],
  ['command_password', commandPasswordExamples],
  ['command_password', powershellPasswordExamples],
  ['command_password', pipedPasswordExamples],
  ['command_password', protocolLoginExamples],
  ['session_cookie', cookieJarExamples],
  ['coordinates', coordinatesExamples],
  ['sensitive_key', credentialCallExamples],
  ['sensitive_key', apiQueryExamples],
  ['sensitive_key', samlMessageExamples],
  ['sensitive_key', codeBeforeExamples],
  ['sensitive_key', userPairExamples],
  ['sensitive_key', devicePasswordExamples],
  ['sensitive_key', redisAclExamples],
  ['credit_card', creditCardExamples],
  ['crypto_address', cryptoAddressExamples],
  ['discord_token', discordTokenExamples],
  ['email_address', emailExamples],
  ['facebook_token', facebookAppTokenExamples],
  ['iban', ibanExamples],
  ['sensitive_key', insertStatementExamples],
  ['sensitive_key', sqlUserPasswordExamples],
  ['ip_address', ipAddressExamples],
  ['private_ip_address', privateIpAddressExamples],
  ['jwt_token', jwtExamples],
  ['mac_address', macAddressExamples],
  ['mailchimp_api_key', mailchimpKeyExamples],
  ['phone_number', nationalPhoneExamples],
  ['phone_number', labelledPhoneExamples],
  ['new_relic_key', newRelicLicenceExamples],
  ['password_file', passwordFileExamples],
  ['password_hash', passwordHashExamples],
  ['paypal_token', paypalTokenExamples],
  ['phone_number', phoneExamples],
  ['prefixed_token', prefixedTokenExamples],
  ['private_key', privateKeyExamples],
  ['private_key', puttyKeyExamples],
  ['request_signature', signatureHeaderExamples],
  ['telegram_token', telegramTokenExamples],
  ['terraform_token', terraformTokenExamples],
  ['url_credentials', urlCredentialsExamples],
  ['sensitive_key', constraintValuesExamples],
  ['sensitive_key', rejectedValueExamples],
  ['sensitive_key', spokenKeyExamples],
  ['sensitive_key', sqlKeysExamples],
  ['command_password', identifyCommandExamples],
  ['card_code', spokenCardCodeExamples],
  ['date_of_birth', shortBirthLabelExamples],
  ['passport_number', documentNumberExamples],
  ['postal_address', addressLineExamples],
  ['sensitive_key', asPasswordExamples],
  ['person_name', callerNameExamples],
  ['sensitive_key', codeConstantExamples],
  ['person_name', attendeeExamples],
  ['person_name', jsonCardExamples],
  ['person_name', vCardExamples],
  ['person_name', partyNameExamples],
  ['command_password', passwordCommandExamples],
  ['sensitive_key', pathTokenExamples],
  ['command_password', saslMessageExamples],
  ['person_name', segmentFieldsExamples],
  ['us_ssn', usSsnExamples],
  ['us_ssn', labelledSsnExamples],
];

const ROUNDS = 20;
const redactor = createRedactor({
  version: 1,
  presets: ['strict'],
  detectors: { add: ['national_ids', 'crypto', 'location'] },
});

describe.each(all)('%s', (kind, { finds, leaves }) => {
  test.each(finds)('%s goes', (form) => {
    const draw = new Draw(61);
    for (let round = 0; round < ROUNDS; round++) {
      const filled = draw.form(form);
      const text = filled.replaceAll(/<<(?:@\w+ )?|>>/g, '');
      const masked = filled.includes('<<')
        ? filled.replaceAll(
            /<<(?:@(\w+) )?.+?>>/gs,
            (_, other: string | undefined) => `[REDACTED:${other ?? kind}]`,
          )
        : `[REDACTED:${kind}]`;

      expect(redactor.redact(text)).toBe(masked);
    }
  });

  test.each(leaves)('%s stays', (form) => {
    const draw = new Draw(62);
    for (let round = 0; round < ROUNDS; round++) {
      const text = draw.form(form);

      expect(redactor.explain(text).filter((found) => found.kind === kind)).toEqual([]);
    }
  });
});
