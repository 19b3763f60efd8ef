// Written before the detectors were tuned and not looked at while they were: what the figures for these say is what
// can be expected of texts that nobody here has seen.
import type { CleanForm } from './clean-form.ts';
import type { Context, NamedContext } from './contexts.ts';

/** Services that have no detector of their own, with keys in the manner of the day. */
export const unseenTokenForms: readonly string[] = [
  'acme_live_{b62:32}',
  'acme_test_{b62:24}',
  'qdr_sk_{b62:40}',
  'zf_pat_{url64:36}',
  'widget_secret_{b62:32}',
  'lumen-api-{hex:40}',
  'kite_api_{b62:43}',
  'sk_prod_{b62:32}',
  'orb_key_{hex:48}',
  'nova-pat-{b62:40}',
];

/** Names of keys of services that appear nowhere in the sources. */
export const unseenNames: readonly (readonly [names: string, body: string])[] = [
  ['QUILLBOT_API_KEY|quillbotApiKey', '{b62:36}'],
  ['HELIX_TOKEN|helixToken|helix-token', '{hex:40}'],
  ['ZEPHYR_CLIENT_SECRET|zephyr.clientSecret', '{b62:28}'],
  ['VERTEXA_SECRET|vertexaSecret', '{hex:32}'],
  ['NIMBUS_ACCESS_KEY', '{upper36:20}'],
  ['ORCHID_PASSPHRASE', '{b62:18}'],
  ['MOSAIC_PRIVATE_KEY|mosaicPrivateKey', '{hex:64}'],
  ['PAYFLOW_PWD|payflowPwd', '{b62:12}'],
  ['LYRA_WEBHOOK_TOKEN', '{uuid}'],
  ['TIDAL_KEY|tidalKey', '{b62:32}'],
  ['SOLAR_CREDENTIALS', '{b64:44}'],
  ['ATLASX_AUTH|atlasxAuth', '{b62:40}'],
];

export const unseenContexts: readonly Context[] = [
  { name: 'ruby', write: (value) => `Client.new('${value}') do |c|\n  c.retry\nend` },
  { name: 'java', write: (value) => `var client = new Client("${value}").build();` },
  { name: 'angle brackets', write: (value) => `use <${value}> as before` },
  { name: 'slack message', write: (value) => `*hey* _team_ ${value} :fire:` },
  { name: 'tab separated', write: (value) => `7\t${value}\tactive` },
  { name: 'diff', write: (value) => `@@ -1,2 +1,2 @@\n-  old\n+  ${value}\n` },
  { name: 'python dictionary', write: (value) => `{'note': '${value}', 'n': 1}` },
  { name: 'event stream', write: (value) => `event: delta\ndata: {"text":"${value}"}\n\n` },
  { name: 'html', write: (value) => `<input type="text" value="${value}" />` },
  { name: 'shell assignment', write: (value) => `V='${value}' ./run.sh && echo done` },
  {
    name: 'twice escaped',
    write: (value) => JSON.stringify(JSON.stringify({ v: `a\n${value}\nb` })),
  },
  { name: 'question', write: (value) => `is "${value}" still valid?` },
];

export const unseenNamedContexts: readonly NamedContext[] = [
  { name: 'toml', write: (name, value) => `[server]\n${name} = "${value}"\nport = 80` },
  { name: 'ini', write: (name, value) => `[default]\n${name} = ${value}\n` },
  { name: 'go', write: (name, value) => `var ${name.replaceAll(/\W/g, '_')} string = "${value}"` },
  { name: 'go short', write: (name, value) => `${name.replaceAll(/\W/g, '_')} := \`${value}\`` },
  { name: 'php', write: (name, value) => `$${name.replaceAll(/\W/g, '_')} .= "${value}";` },
  { name: 'ruby', write: (name, value) => `config['${name}'] ||= '${value}'` },
  { name: 'make', write: (name, value) => `${name.replaceAll(/\W/g, '_')} ?= ${value}` },
  {
    name: 'csharp',
    write: (name, value) => `private const string ${name.replaceAll(/\W/g, '_')} = "${value}";`,
  },
  { name: 'python dictionary', write: (name, value) => `{'${name}': '${value}', 'n': 1}` },
  { name: 'element', write: (name, value) => `<${name}>\n    ${value}\n</${name}>` },
  { name: 'kubernetes', write: (name, value) => `- name: ${name}\n  value: "${value}"` },
  {
    name: 'header',
    write: (name, value) =>
      `GET / HTTP/1.1\nHost: a\nX-${name.replaceAll(/[_.]/g, '-')}: ${value}\n`,
  },
  { name: 'call', write: (name, value) => `setenv("${name}", "${value}")` },
  { name: 'markdown', write: (name, value) => `**${name}**: \`${value}\`` },
  { name: 'is', write: (name, value) => `the ${name} is ${value}` },
];

function form(trap: string, key: string, ...forms: readonly string[]): CleanForm {
  return { trap, key, make: (draw) => draw.form(draw.pick(forms)) };
}

export const unseenCleanForms: readonly CleanForm[] = [
  form('vector store id', 'retrieval.id', 'vs_{b62:24}', 'idx-{hex:16}-{hex:4}', 'pts_{digit:12}'),
  form('crash id', 'crash.id', '{HEX:8}-{HEX:4}-{HEX:4}-{HEX:4}-{HEX:12}', 'bp-{uuid}'),
  form('build id', 'build.id', '{hex:20}', 'b{digit:9}.{digit:2}', '{b62:11}'),
  form('webpack chunk', 'code.chunk', '{digit:4}.{hex:20}.chunk.js', 'vendors~main.{hex:8}.js'),
  form('s3 etag of parts', 'aws.s3.etag', '{hex:32}-{digit:2}'),
  form('cloudfront id', 'http.response.header.x-amz-cf-id', '{url64:56}==', '{url64:52}=='),
  form('ray id', 'http.response.header.cf-ray', '{hex:16}-FRA'),
  form('aws request id', 'aws.request_id', '{b62:52}=', '{HEX:16}', '{uuid}'),
  form(
    'kafka',
    'messaging.destination',
    'orders-{digit:2}@{digit:9}',
    'offset {digit:12} of {digit:12}',
  ),
  form('mac-like', 'note', 'step 1:2:3 of 10:20:30', 'ratio 16:9:4', 'a1:b2'),
  form(
    'phone-like',
    'note',
    '{digit:4}-{digit:2}-{digit:2} {digit:2}:{digit:2}',
    'chapter {digit:1}.{digit:1}.{digit:2}',
    'id {digit:3}-{digit:4}-{digit:3}',
  ),
  form(
    'email-like',
    'note',
    'app@{digit:1}.{digit:1}.{digit:1}',
    'user@host',
    '@acme/tokens@next',
    'a@b',
  ),
  form('query hash', 'db.query.hash', '0x{HEX:16}', '{hex:16}', 'md5:{hex:32}'),
  form('deployment', 'deployment.id', 'dpl_{b62:24}', 'rev-{digit:5}-{lower:3}', 'v{digit:3}'),
  form(
    'tokens in prose',
    'note',
    'The secret to a good token budget is caching ({digit:4} tokens)',
    'pass the key to the author',
    'auth: oauth2, basic: none, bearer: optional',
  ),
  form(
    'json of settings',
    'body',
    '{"password_policy":{"min":{digit:2}},"token_ttl":{digit:4},"secret_name":"db","key_id":"k-{digit:3}"}',
    '{"auth_type":"none","api_version":"2026-0{digit:1}","primary_key":"id"}',
  ),
  form(
    'metrics of hosts',
    'note',
    'load {digit:1}.{digit:2} {digit:1}.{digit:2} {digit:1}.{digit:2}',
    'mem {digit:9} of {digit:11}',
  ),
  form('timings', 'note', '{digit:3}.{digit:3}.{digit:4} ms', '{digit:13}-{digit:13}'),
];
