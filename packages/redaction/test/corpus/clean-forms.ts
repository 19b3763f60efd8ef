import { type CleanForm, form } from './clean-form.ts';
import { cleanIds } from './clean-ids.ts';
import type { Draw } from './draw.ts';

const words =
  'order parse retry cache token model agent stream buffer author secret index usage batch key session basic bearer pass auth'.split(
    ' ',
  );
function sentence(draw: Draw): string {
  return Array.from({ length: draw.int(5, 14) }, () => draw.pick(words)).join(' ');
}
function identifier(draw: Draw): string {
  const parts = Array.from({ length: draw.int(2, 4) }, () => draw.pick(words));
  return draw.pick([
    parts.join('_'),
    parts.join('-'),
    parts.join('.'),
    parts
      .map((part, index) => (index === 0 ? part : part[0]!.toUpperCase() + part.slice(1)))
      .join(''),
  ]);
}

export const cleanForms: readonly CleanForm[] = [
  ...cleanIds,
  form(
    'version',
    'service.version',
    '{digit:1}.{digit:2}.{digit:1}',
    '{digit:1}.{digit:1}.{digit:2}-rc.{digit:1}+build.20261120',
    'v{digit:1}.{digit:2}.{digit:1}-{digit:2}-g{hex:8}',
    '{digit:1}.{digit:1}.{digit:1}.{digit:4}',
  ),
  form(
    'arn',
    'cloud.resource_id',
    'arn:aws:lambda:eu-west-1:{digit:12}:function:my-fn',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v3',
    'arn:aws:secretsmanager:eu-west-1:{digit:12}:secret:prod/db-{b62:6}',
    'arn:aws:iam::{digit:12}:role/service-role/app',
  ),
  form(
    'azure resource',
    'cloud.resource_id',
    '/subscriptions/{uuid}/resourceGroups/rg-{lower:4}/providers/Microsoft.CognitiveServices/accounts/a1',
  ),
  form(
    'gcp resource',
    'cloud.resource_id',
    '//run.googleapis.com/projects/acme-{digit:6}/locations/europe-west1/services/api',
    'projects/{digit:12}/secrets/db-password/versions/3',
  ),
  form(
    'coordinate',
    'geo.note',
    '{digit:2}.{digit:7}, {digit:2}.{digit:7}',
    '-{digit:2}.{digit:6}',
  ),
  form(
    'date',
    'event.time',
    '2026-11-20T22:50:02.{digit:6}Z',
    '2026-{01|07|11}-{10|21|28} {11|12}:{10|59}:{10|42}',
    'Fri, 20 Nov 2026 10:{10|42}:31 GMT',
  ),
  form(
    'duration',
    'note',
    'took 00:01:02.{digit:9}',
    '{digit:4}.{digit:6} ms',
    'PT{digit:2}.{digit:3}S',
  ),
  form(
    'path',
    'code.file.path',
    '/usr/lib/x86_64-linux-gnu/libsecret-1.so.{digit:1}',
    '/app/node_modules/.pnpm/token-types@6.{digit:1}.0/node_modules/token-types/lib/index.js',
    '/home/build/.cache/{hex:40}/auth-token.ts',
    'C:\\agent\\_work\\{digit:2}\\s\\src\\key.ts',
  ),
  form(
    'package',
    'package.name',
    '@types/node@24.{digit:1}.0',
    '@aws-sdk/client-s3@3.{digit:3}.0',
    'jsonwebtoken@9.0.{digit:1}',
    'bcrypt@5.1.{digit:1}',
  ),
  form(
    'model',
    'gen_ai.request.model',
    'gpt-4.1-mini-2025-04-{digit:2}',
    'claude-opus-4-5-2025{digit:4}',
    'anthropic.claude-3-5-sonnet-2024{digit:4}-v2:0',
    'meta-llama/Llama-3.3-70B-Instruct',
    'ft:gpt-4o-mini-2024-07-18:acme::{b62:8}',
    'text-embedding-3-large',
    'sk-learn-model-v{digit:1}',
  ),
  form(
    'host',
    'server.address',
    'db-{digit:1}.internal.example.com',
    'ip-10-{digit:2}-{digit:2}-{digit:2}.ec2.internal',
    'api-{hex:8}.eu-west-1.elb.amazonaws.com',
    '{lower:6}-{hex:10}-{lower36:5}',
  ),
  form(
    'pod',
    'k8s.pod.name',
    'api-{hex:9}-{lower36:5}',
    'token-service-{hex:10}-{lower36:5}',
    'auth-proxy-{digit:1}',
  ),
  form('container id', 'container.id', '{hex:64}', '{hex:12}'),
  form(
    'url',
    'url.full',
    'https://api.example.com/v1/chat/completions',
    'https://example.com/orders/{digit:8}?page=2&sort=desc&cursor={b62:16}',
    'https://bucket.s3.amazonaws.com/{hex:32}/report.pdf',
    'http://localhost:8080/auth/token?next=%2Fhome',
    'https://cdn.example.com/_next/static/{url64:21}/main-{hex:16}.js',
  ),
  form(
    'user agent',
    'user_agent.original',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1{digit:2}.0.{digit:4}.{digit:2} Safari/537.36',
    'OpenAI/JS 5.{digit:2}.0',
    'axios/1.{digit:1}.0',
    'okhttp/4.12.{digit:1}',
  ),
  form(
    'sql',
    'db.query.text',
    'SELECT token_count, author FROM usage WHERE id = $1 AND key = $2',
    "UPDATE sessions SET expires_at = now() WHERE id = '{uuid}'",
    'SELECT * FROM api_keys WHERE owner = ? LIMIT {digit:2}',
    'INSERT INTO t (a, b) VALUES ({digit:6}, {digit:8})',
  ),
  form(
    'usage',
    'body',
    '{"prompt_tokens":{digit:3},"completion_tokens":{digit:2},"total_tokens":{digit:3},"max_tokens":4096,"token_type":"Bearer"}',
    '{"finish_reason":"stop","logprobs":[{"token":" the","logprob":-0.{digit:8}}]}',
  ),
  form(
    'stack frame',
    'exception.frame',
    'at Object.<anonymous> (/app/src/token-store.ts:{digit:2}:{digit:2})',
    'at async AuthService.refreshToken (file:///app/dist/auth-service-{upper36:8}.js:{digit:1}:{digit:4})',
    '  File "/srv/app/secrets/loader.py", line {digit:3}, in load_secret_key',
    'com.example.auth.TokenProvider.getToken(TokenProvider.java:{digit:3})',
  ),
  form(
    'code',
    'note',
    'const token = await getToken(user.id);',
    'password: z.string().min({digit:1}),',
    'if (req.headers.authorization == null) throw new Error("no authorization");',
    'api_key=os.environ["OPENAI_API_KEY"]',
    'secret = config.secrets.get("db-{digit:1}")',
    'export type AuthToken = { token: string; expires: number };',
    'apiKey: process.env.API_KEY ?? ""',
    'public_key_{digit:1} = load_public_key(path)',
  ),
  form(
    'error',
    'exception.message',
    'The token has expired, please sign in again (code {digit:3})',
    'password must be at least {digit:1} characters',
    'Invalid API key provided. You can find your API key in the dashboard.',
    "Cannot read properties of undefined (reading 'secret')",
    'Unexpected token < in JSON at position {digit:3}',
    'ECONNREFUSED 10.{digit:2}.{digit:2}.{digit:1}:5432',
    'rate limit of {digit:5} tokens per minute reached for org-{b62:24}',
  ),
  form('page token', 'http.request.query.page_token', '{b62:32}', '{url64:60}'),
  form('cursor', 'http.request.query.cursor', '{b64:40}', 'eyJpZCI6{b62:20}'),
  form('idempotency key', 'http.request.header.idempotency-key', '{uuid}', '{hex:32}'),
  form('partition key', 'messaging.kafka.message.key', 'order-{digit:8}', '{uuid}', '{hex:24}'),
  form(
    'public key',
    'ssh.public_key',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64:43} ada',
    '-----BEGIN PUBLIC KEY-----\n{b64:64}\n{b64:64}\n-----END PUBLIC KEY-----',
  ),
  form(
    'certificate',
    'tls.client.certificate',
    '-----BEGIN CERTIFICATE-----\n{b64:64}\n{b64:64}\n-----END CERTIFICATE-----',
  ),
  form(
    'css',
    'note',
    'sk-fading-circle sk-cube-grid-{digit:1}',
    'css-{lower36:7}-MuiButton-root',
    'bg-[#{hex:6}] text-[{digit:2}px]',
    '--color-key-{digit:1}: #{hex:6};',
  ),
  form(
    'git remote',
    'vcs.repository.url.full',
    'git@github.com:acme/token-service.git',
    'https://github.com/acme/repo/commit/{hex:40}',
    'ssh://git@host.example.com:22/a/b.git',
  ),
  form(
    'money',
    'note',
    'USD {digit:3}.{digit:2} for {digit:6} units',
    '€{digit:4}.{digit:2}',
    '{digit:1},{digit:3},{digit:3}.00',
  ),
  form(
    'number',
    'order.number',
    '{digit:10}',
    '{digit:12}',
    'ORD-{digit:4}-{digit:6}',
    '{digit:3}-{digit:7}-{digit:7}',
    'INV-2026-{digit:6}',
  ),
  form('ratio', 'note', '{digit:1}.{digit:16}', '{digit:3}/{digit:3}', '{digit:2}.{digit:1}%'),
  form(
    'metric names',
    'note',
    'gen_ai.client.token.usage',
    'auth_token_refresh_total{le="{digit:1}.5"}',
    'http.server.request.duration',
  ),
  { trap: 'prose', key: 'note', make: sentence },
  { trap: 'identifier', key: 'code.function.name', make: identifier },
  form('cron', 'note', '*/{digit:1} * * * 1-5', '0 {digit:1} 1,15 * *'),
  form('regex', 'note', String.raw`^[a-z0-9]{8}-[a-f]+$`, String.raw`/token=([^&]+)/g`),
  form('locale', 'note', 'en-US,en;q=0.{digit:1}', 'Europe/Berlin', 'pt-BR'),
  form(
    'mime',
    'http.request.header.content-type',
    'multipart/form-data; boundary=----WebKitFormBoundary{b62:16}',
    'application/json; charset=utf-8',
  ),
  form(
    'template',
    'note',
    'password=${DB_PASSWORD_{digit:1}}',
    'Authorization: Bearer {{token}}',
    'api_key: <YOUR_API_KEY>',
    'token: ********',
    'sk-xxxxxxxxxxxxxxxxxxxx',
    'SECRET=changeme',
  ),
  form(
    'ip version',
    'note',
    '{digit:1}.{digit:1}.{digit:1}.{digit:1}',
    'std::vector::iterator',
    'at 12:{10|42}:{10|31}',
  ),
];

/** Where a clean value stands when it is not an attribute of its own. */
export const cleanTexts: readonly ((value: string) => string)[] = [
  (value) => `finished ${value} in 12 ms`,
  (value) => JSON.stringify({ id: value, status: 'ok' }),
  (value) => JSON.stringify({ body: JSON.stringify({ items: [value] }) }),
  (value) => `value=${value}\nstatus=ok`,
];
