import type { Draw } from './draw.ts';

/** A place a value stands in. Returns the text around it with the value, escaped as that place asks. */
export interface Context {
  readonly name: string;
  /** False where a value of several lines cannot stand. */
  readonly multiline?: boolean;
  readonly write: (value: string, draw: Draw) => string;
}

/** A place of a named value. */
export interface NamedContext {
  readonly name: string;
  readonly write: (name: string, value: string, draw: Draw) => string;
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function chat(content: string): string {
  return JSON.stringify([
    { role: 'system', parts: [{ type: 'text', content: 'You are helpful.' }] },
    { role: 'user', parts: [{ type: 'text', content }] },
  ]);
}

/** Where values that are known alone are put. */
export const contexts: readonly Context[] = [
  { name: 'alone', multiline: true, write: (value) => value },
  {
    name: 'prose',
    multiline: true,
    write: (value) => `Hi, I tried ${value} and it did not work. Any idea?`,
  },
  { name: 'end of a sentence', write: (value) => `The one we use in staging is ${value}.` },
  { name: 'parentheses', write: (value) => `it is stored (${value}) somewhere` },
  { name: 'markdown', write: (value) => `Set it to \`${value}\`, then restart.` },
  { name: 'list', multiline: true, write: (value) => `- first\n- ${value}\n- third` },
  { name: 'table', write: (value) => `| name | value |\n| --- | --- |\n| main | ${value} |` },
  {
    name: 'typescript',
    write: (value) => `const client = new Client('${value}', { retries: 3 });`,
  },
  { name: 'python', write: (value) => `client = Client("${value}", timeout=30)\n` },
  { name: 'go', write: (value) => `c := vendor.New("${value}")` },
  { name: 'shell', write: (value) => `curl -s -u ${value}: https://api.vendor.test/v1/me | jq .` },
  {
    name: 'json',
    multiline: true,
    write: (value) => JSON.stringify({ id: 7, note: value, ok: true }),
  },
  {
    name: 'json in json',
    multiline: true,
    write: (value) => JSON.stringify({ body: JSON.stringify({ items: [{ note: value }] }) }),
  },
  {
    name: 'json in a text',
    write: (value) => `received {"note":"${inJson(value)}","n":1} from upstream`,
  },
  { name: 'yaml', write: (value) => `service:\n  value: ${value}\n  replicas: 2\n` },
  { name: 'settings', write: (value) => `PORT=8080\nVALUE=${value}\nDEBUG=true\n` },
  { name: 'query', write: (value) => `https://api.vendor.test/v1/run?page=2&v=${value}&lang=en` },
  {
    name: 'log',
    write: (value, draw) =>
      `2026-11-20T10:12:${draw.int(10, 59)}.123Z INFO [worker-3] using ${value} for tenant=acme`,
  },
  { name: 'chat', multiline: true, write: (value) => chat(`my key is ${value}, does it work?`) },
  {
    name: 'stack',
    write: (value) =>
      `Error: 401 Incorrect key provided: ${value}\n    at request (/app/src/client.ts:41:11)\n    at async run (/app/src/main.ts:9:3)`,
  },
  { name: 'array', write: (value) => JSON.stringify(['a', value, 'b']) },
  { name: 'xml', write: (value) => `<config><value>${value}</value></config>` },
  {
    name: 'sql',
    write: (value) => `INSERT INTO settings (name, value) VALUES ('main', '${value}')`,
  },
  { name: 'csv', write: (value) => `id,value,created\n1,${value},2026-11-20\n` },
  { name: 'escaped lines', write: (value) => String.raw`line one\n${value}\nline three` },
];

/** Where a name stands beside a value, and makes it one. */
export const namedContexts: readonly NamedContext[] = [
  { name: 'env', write: (name, value) => `PORT=8080\n${name}=${value}\nDEBUG=1` },
  { name: 'export', write: (name, value) => `export ${name}="${value}"` },
  { name: 'yaml', write: (name, value) => `env:\n  ${name}: ${value}\n  replicas: 2` },
  { name: 'yaml quoted', write: (name, value) => `${name}: '${value}'` },
  { name: 'json', write: (name, value) => JSON.stringify({ region: 'eu', [name]: value }) },
  {
    name: 'json in json',
    write: (name, value) => JSON.stringify({ body: JSON.stringify({ [name]: value }) }),
  },
  { name: 'json in a text', write: (name, value) => `config: {"${name}": "${value}"} loaded` },
  {
    name: 'typescript',
    write: (name, value) => `const ${name.replaceAll(/\W/g, '_')} = '${value}';`,
  },
  {
    name: 'object',
    write: (name, value) => `new Client({ ${/\W/.test(name) ? `'${name}'` : name}: "${value}" })`,
  },
  { name: 'python', write: (name, value) => `os.environ["${name}"] = "${value}"` },
  {
    name: 'option',
    write: (name, value) =>
      `deploy --${name.replaceAll('_', '-').toLowerCase()}=${value} --verbose`,
  },
  { name: 'docker', write: (name, value) => `docker run -e ${name}=${value} image:1.2` },
  { name: 'log', write: (name, value) => `INFO settings loaded ${name}=${value} region=eu-west-1` },
  {
    name: 'query',
    write: (name, value) =>
      `https://app.vendor.test/cb?state=1&${name}=${encodeURIComponent(value)}`,
  },
  {
    name: 'chat',
    write: (name, value) => chat(`I set ${name}=${value} in .env and it still fails`),
  },
];
