// Names of keys whose values are secret. Each entry is compared with the last words of a key, word by word:
// `token` is found in `sessionToken` and `x-token`, not in `max_tokens`, `token_type` or `gen_ai.usage.input_tokens`.

import {
  likelyNamesOfOtherLanguages,
  secretNamesOfOtherLanguages,
} from './names-of-other-languages.ts';

/** The value goes, whatever it looks like. */
export const secretNames: readonly string[] = [
  'password',
  'passwords',
  'passwd',
  'pwd',
  'passphrase',
  'pgpassword',
  'pass word',
  'authorization',
  'cookie',
  'set cookie',
  'api key',
  'api keys',
  'apikey',
  'apikeys',
  'access key',
  'accesskey',
  'secret key',
  'secretkey',
  'private key',
  'privatekey',
  'account key',
  'accountkey',
  'signing key',
  'encryption key',
  'master key',
  'client secret',
  'clientsecret',
  'app secret',
  'webhook secret',
  'api secret',
  'secret access key',
  'secret string',
  'shared secret',
  'auth token',
  'authtoken',
  'access token',
  'access tokens',
  'api tokens',
  'client secrets',
  'dockerconfigjson',
  'dockercfg',
  'vault token',
  'private token',
  'accesstoken',
  'refresh token',
  'refreshtoken',
  'id token',
  'bearer token',
  'session token',
  'security token',
  'api token',
  'apitoken',
  'connection string',
  'private key id',
  'secret key base',
  'key data',
  'requirepass',
  'storepass',
  'keypass',
  'masterauth',
  'verification code',
  'login code',
  'pin code',
  'passcode',
  'one time password',
  'one time code',
  'code verifier',
  'recovery code',
  'recovery codes',
  'backup code',
  'backup codes',
  'consumer secret',
  'signing secret',
  'bot token',
  'deploy token',
  'job token',
  'personal access token',
  'subscription key',
  'admin key',
  'db pass',
  'admin pass',
  'user pass',
  'root pass',
  'smtp pass',
  'mail pass',
  'mysql pass',
  'database pass',
  'redis pass',
  'ftp pass',
  'psk',
  'otp code',
  'mfa code',
  'totp secret',
  'session cookie',
  'sessionid',
  'phpsessid',
  'jsessionid',
  ...secretNamesOfOtherLanguages,
];

/**
 * The same for names that only settings have. Nothing is looked for to find them, which would slow the pass down: their
 * last word is one of the others.
 */
export const settingNames: readonly string[] = [
  ...'ssh,become,sudo,default,login,email,proxy,service,master,key,store,api,postgres,pg,mongo,rabbitmq,mqtt,ldap,bind,wifi,vpn,rpc,http'
    .split(',')
    .map((word) => `${word} pass`),
  ...'jwt,session,cookie,hmac,nextauth,encryption,refresh'
    .split(',')
    .map((word) => `${word} secret`),
  'pre shared key',
  'security credentials',
  'store pass',
];

/** The value goes when it could be a password: these words have other meanings too. */
export const passwordNames: readonly string[] = ['pass', 'pw', 'creds', 'clave'];

/**
 * The value goes when it has four to eight digits. Nothing is looked for to find them, as parts of many words: in texts
 * they have a detector of their own.
 */
export const codeNames: readonly string[] = [
  'otp',
  'pin',
  'tan',
  'mpin',
  'totp',
  'user pin',
  'card pin',
];

/** Who has it may go on with the session. It is the name of a conversation as often, so that only `strict` asks for it. */
export const sessionNames: readonly string[] = ['session id', 'sid'];

/** The value goes when it looks like a secret: these words have other meanings too. */
export const likelyNames: readonly string[] = [
  'token',
  'secret',
  'secrets',
  'auth',
  'credential',
  'credentials',
  'signature',
  'session key',
  'bearer',
  'access id',
  ...likelyNamesOfOtherLanguages,
  // Also alone in `vendor_key`; alone it may be anything.
  '* key',
];

/** Words that are secret also where they are only the end of a word: `dbpassword`. Long enough to be no accident. */
export const secretEndings: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'apikey',
  'secretkey',
  'accesskey',
  'adminkey',
  'encryptionkey',
  'signingkey',
  'masterkey',
  'privatekey',
  'passwort',
  'kennwort',
  '密码',
  '密碼',
  '密钥',
  'パスワード',
  '비밀번호',
];

/** The same for words that have other meanings: `gitlabtoken`, `jwtsecret`. */
export const likelyEndings: readonly string[] = ['token', 'secret'];

/** Names that end like a secret and are none. */
export const harmlessNames: readonly string[] = [
  'client address',
  'phone model',
  // Digests that Helm puts into annotations.
  'checksum secret',
  'checksum secrets',
  'checksum credentials',
  'checksum password',
  ...'cache partition primary foreign sort routing idempotency message object public publishable publishablekey site group row dedupe dedup deduplication index lookup s3 redis translation i18n map hash issue project feature flag event entity unique natural storage record range host answer state query config registry kafka rate limit metric label sampling bucket blob file path locale composite surrogate candidate row ordering order hot short press arrow'
    .split(' ')
    .map((word) => `${word} key`),
  'web socket key',
  'websocket key',
  'thought signature',
  'thinking signature',
  'reasoning signature',
  'resume token',
  'delta token',
  'skip token',
  'scroll token',
  'page token',
  'next token',
  'continuation token',
  'sync token',
  'cancellation token',
  'cancel token',
  'csrf token',
  'xsrf token',
  'stop token',
  'eos token',
  'bos token',
  'pad token',
  'unk token',
  'mask token',
  'sep token',
  'cls token',
  'special token',
  'first token',
  'last token',
  'per token',
  'output token',
  'cursor token',
  'pagination token',
  'client token',
  'request token',
  'input token',
  'prompt token',
  'completion token',
  'has password',
  'is password',
  'is secret',
  'no password',
  'forgot password',
];

/** Last words that say nothing about the value: `password_hash`, `DB_PASSWORD_PROD`. */
export const neutralEndings: ReadonlySet<string> = new Set(
  'value hash plain plaintext text raw encoded base64 encrypted old new current confirm confirmation prod production dev test staging'.split(
    ' ',
  ),
);

/** What people who use the application are called by. Blocked by the preset `strict`. */
export const identityNames: readonly string[] = [
  'user email',
  'user full_name',
  'user name',
  'user id',
  'enduser id',
  'client address',
  'source address',
];
