import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Redact = (text: string) => string | Promise<string>;

/** A package of npm that hides secrets or personal data, with all that it can be asked for switched on. */
export interface Rival {
  readonly name: string;
  readonly load: () => Promise<Redact>;
}

/** Installed for the comparison and nothing else: exact versions, no scripts, in a folder that git does not keep. */
const versions: Readonly<Record<string, string>> = {
  '@arcjet/redact': '1.12.0',
  '@openai/guardrails': '0.2.1',
  '@redactpii/node': '1.0.17',
  '@secretlint/core': '13.1.0',
  '@secretlint/secretlint-rule-preset-recommend': '13.1.0',
  openredaction: '1.1.5',
  'redact-pii': '3.4.0',
  'redact-secrets': '1.0.0',
};
const folder = join(import.meta.dirname, '../../.cache/rivals');

/** Installs what is missing. */
export function installRivals(): void {
  const missing = Object.entries(versions).filter(
    ([name]) => !existsSync(join(folder, 'node_modules', name)),
  );
  if (missing.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const packages = missing.map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function module<T>(name: string): Promise<T> {
  // Resolved from that folder: a stub there imports it.
  const stub = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`);
  writeFileSync(stub, `export * from '${name}'; import * as all from '${name}'; export { all };\n`);
  const { all } = (await import(pathToFileURL(stub).href)) as { readonly all: T };
  return all;
}

interface Replaced {
  readonly redacted: string;
}

export const rivals: readonly Rival[] = [
  {
    name: '@redactpii/node 1.0',
    async load() {
      type Module = { readonly Redactor: new () => { redact(text: string): string } };
      const { Redactor } = await module<Module>('@redactpii/node');
      const redactor = new Redactor();
      return (text) => redactor.redact(text);
    },
  },
  {
    name: 'redact-pii 3.4',
    async load() {
      type Class = new () => { redact(text: string): string };
      type Module = { readonly default: { readonly SyncRedactor: Class } };
      const { SyncRedactor } = (await module<Module>('redact-pii')).default;
      const redactor = new SyncRedactor();
      return (text) => redactor.redact(text);
    },
  },
  {
    name: 'openredaction 1.1',
    async load() {
      type Class = new (options: object) => { detect(text: string): Promise<Replaced> };
      type Module = { readonly OpenRedaction: Class };
      const { OpenRedaction } = await module<Module>('openredaction');
      const redactor = new OpenRedaction({});
      return async (text) => (await redactor.detect(text)).redacted;
    },
  },
  {
    name: '@openai/guardrails 0.2',
    async load() {
      type Check = (
        context: object,
        text: string,
        config: object,
      ) => Promise<{ readonly info: Readonly<Record<string, string | undefined>> }>;
      type Module = {
        readonly pii: Check;
        readonly PIIEntity: Readonly<Record<string, string>>;
      };
      const { pii, PIIEntity } = await module<Module>('@openai/guardrails');
      const config = { entities: Object.values(PIIEntity), block: false, detect_encoded_pii: true };
      return async (text) => {
        const { info } = await pii({}, text, config);
        return info.anonymized_text ?? info.checked_text ?? text;
      };
    },
  },
  {
    name: '@arcjet/redact 1.12',
    async load() {
      type Call = (text: string, options: object) => Promise<readonly [string, unknown]>;
      const { redact } = await module<{ readonly redact: Call }>('@arcjet/redact');
      const options = { entities: ['email', 'phone-number', 'ip-address', 'credit-card-number'] };
      return async (text) => (await redact(text, options))[0];
    },
  },
  {
    name: 'secretlint 13',
    async load() {
      type Message = { readonly range: readonly [number, number] };
      type Lint = (request: object) => Promise<{ readonly messages: readonly Message[] }>;
      const { lintSource } = await module<{ readonly lintSource: Lint }>('@secretlint/core');
      const rule = await module<{ readonly creator: object }>(
        '@secretlint/secretlint-rule-preset-recommend',
      );
      const config = {
        rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: rule.creator }],
      };
      return async (text) => {
        const { messages } = await lintSource({
          source: { filePath: 'text.txt', content: text, ext: '.txt', contentType: 'text' },
          options: { config, noPhysicFilePath: true },
        });
        let redacted = text;
        for (const { range } of messages.toSorted((a, b) => b.range[0] - a.range[0]))
          redacted = `${redacted.slice(0, range[0])}[SECRET]${redacted.slice(range[1])}`;
        return redacted;
      };
    },
  },
  {
    name: 'redact-secrets 1.0',
    async load() {
      type Module = {
        readonly default: (text: string) => { map(value: unknown): { readonly v: unknown } };
      };
      const secrets = (await module<Module>('redact-secrets')).default('[SECRET]');
      // It judges values by their names and as a whole.
      return (text) => String(secrets.map({ v: text }).v);
    },
  },
];
