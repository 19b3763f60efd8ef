import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import {
  filesBehind,
  type SourceFile,
  type SourcePackage,
  type SourceTree,
} from './source-tree.ts';

/** Something that breaks a rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
  readonly rule: string;
  readonly fix: string;
}

/** Packages whose `.` runs wherever JavaScript runs. */
const portablePackages = new Set(
  [
    'core',
    'llm-conventions',
    'propagation',
    'redaction',
    'sampling',
    'exporters-resilient',
    'agent-tracing',
    'instrumentation-openai',
    'instrumentation-anthropic',
    'instrumentation-mcp',
    'instrumentation-langchain',
    'instrumentation-ai-sdk',
    'instrumentation-google-genai',
    'instrumentation-bedrock',
  ].map((name) => `packages/${name}`),
);

/** Entry points that are for Node.js only. */
const nodeEntries = /^\.\/(node|grpc|spool|cli|setup|register|instrumentation)(\/|$)/;

/** Entry points about an optional peer: without it there is nothing to import. */
const peerEntries = /^\.\/(grpc|instrumentation|tokenizer)(\/|$)/;

/** Everything in the tree that breaks a rule of the layer table, file by file. */
export function checkTree(tree: SourceTree): readonly Finding[] {
  const findings = [
    ...[...tree.files.values()].flatMap((file) => checkFile(file)),
    ...tree.packages.flatMap((owner) => checkEntries(tree, owner)),
  ];
  const told = new Set<string>();
  return findings
    .filter(({ path, line, rule }) => {
      // A line that several entry points bring in is told once.
      const key = `${path}:${line} ${rule}`;
      return !told.has(key) && told.add(key);
    })
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

function checkFile(file: SourceFile): readonly Finding[] {
  return [...checkImports(file), ...checkEnvironment(file)];
}

function checkImports(file: SourceFile): readonly Finding[] {
  const { folder, name, tags } = file.package;
  const isPackage = folder.startsWith('packages/');
  const findings: Finding[] = [];
  const report = (line: number, what: string, rule: string, fix: string): void => {
    findings.push({ path: file.path, line, what, rule, fix });
  };
  for (const { specifier, line, kind, maybeMissing } of file.imports) {
    const what = `imports ${specifier}`;
    if (specifier.startsWith('.') && !join(file.path, '..', specifier).startsWith(`${folder}/`)) {
      report(
        line,
        what,
        'a relative import stays in its package',
        `import the package by its name, from an entry point`,
      );
    }
    if (/^@opentelemetry\/semantic-conventions(\/|$)/.test(specifier)) {
      report(
        line,
        what,
        'names come from the own model',
        'use the names of @llm-otel/llm-conventions; they are generated and current',
      );
    }
    if (file.isTest || !isPackage) continue;

    if (
      /^@llm-otel\/core\/setup(\/|$)/.test(specifier) &&
      folder !== 'packages/sdk' &&
      name !== '@llm-otel/core'
    ) {
      report(
        line,
        what,
        'only sdk and applications assemble providers',
        'take what you need as an option; sdk or the application hands it in',
      );
    }
    if (kind === 'dynamic' && maybeMissing === false && isOptionalPeer(file, specifier)) {
      report(
        line,
        what,
        'bundlers are told that an optional peer may be missing',
        `write import(/* turbopackOptional: true */ '${specifier}').catch(rethrow)`,
      );
    }
    if (
      tags.includes('compiler') &&
      specifier.startsWith('@llm-otel/') &&
      !/^@llm-otel\/[^/]+\/policy$/.test(specifier) &&
      !specifier.startsWith(name)
    ) {
      report(line, what, 'a compiler knows policies only', 'import from the /policy entry point');
    }
    // Optional, and behind the interface of the API: loaded when asked for.
    const loadsPropagator =
      kind !== 'static' && /^@opentelemetry\/propagator-[^/]+$/.test(specifier);
    // The base class of instrumentations is no part of the SDK, and only of use where a library is loaded by Node.js.
    const isBaseClass =
      tags.includes('client') && /^@opentelemetry\/instrumentation(\/|$)/.test(specifier);
    if (isSdkPackage(specifier) && !loadsPropagator && !isBaseClass && !mayImportSdk(file, kind)) {
      report(
        line,
        what,
        'only core/setup, and sdk by import(), touch the OpenTelemetry SDK',
        'use the structural types of @llm-otel/core, or take the object as an option',
      );
    }
  }
  return findings;
}

function isOptionalPeer({ package: { optionalPeers } }: SourceFile, specifier: string): boolean {
  return [...optionalPeers].some((peer) => specifier === peer || specifier.startsWith(`${peer}/`));
}

function isSdkPackage(specifier: string): boolean {
  return (
    /^@opentelemetry\/(?!api(\/|$))/.test(specifier) &&
    !specifier.startsWith('@opentelemetry/semantic-conventions')
  );
}

function mayImportSdk({ path, package: { folder } }: SourceFile, kind: string): boolean {
  if (path.startsWith('packages/core/src/setup/')) return true;
  return folder === 'packages/sdk' && kind !== 'static';
}

function checkEnvironment(file: SourceFile): readonly Finding[] {
  const { folder } = file.package;
  const may =
    file.isTest ||
    !folder.startsWith('packages/') ||
    folder === 'packages/sdk' ||
    file.path.startsWith('packages/core/src/setup/');
  return may
    ? []
    : file.environmentReads.map((line) => ({
        path: file.path,
        line,
        what: 'reads process.env',
        rule: 'only core/setup, sdk and applications read the environment',
        fix: 'take the value as an option, or an environment as an argument',
      }));
}

/** Rules about everything an entry point brings in, through however many files and packages. */
function checkEntries(tree: SourceTree, owner: SourcePackage): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [entry, start] of owner.entries) {
    const portable = portablePackages.has(owner.folder) && !nodeEntries.test(entry);
    const policy = /^\.\/policy(\/|$)/.test(entry);
    const withPeer = peerEntries.test(entry);
    for (const [path, way] of filesBehind(tree, start)) {
      const name = owner.name + entry.slice(1);
      const through = way.length > 1 ? ` (${way.map((step) => shorten(step)).join(' > ')})` : '';
      const file = tree.files.get(path);
      for (const { specifier, line, kind } of file?.imports ?? []) {
        if (
          !withPeer &&
          kind === 'static' &&
          file !== undefined &&
          isOptionalPeer(file, specifier)
        ) {
          findings.push({
            path,
            line,
            what: `imports ${specifier}, and ${name} brings it in${through}`,
            rule: 'an optional peer is imported by the entry points about it alone',
            fix: 'hand it in, or load it by import() where it is asked for: a bundler follows every import',
          });
        }
        if (portable && isBuiltin(specifier)) {
          findings.push({
            path,
            line,
            what: `imports ${specifier}, and ${name} brings it in${through}`,
            rule: 'portable entry points use no Node.js modules',
            fix: 'move it behind /node, or use what every runtime has',
          });
        }
        if (policy && specifier.startsWith('@opentelemetry/')) {
          findings.push({
            path,
            line,
            what: `imports ${specifier}, and ${name} brings it in${through}`,
            rule: 'policies are plain data, without OpenTelemetry',
            fix: 'move what needs it out of the files behind /policy, types too',
          });
        }
      }
    }
  }
  return findings;
}

function shorten(path: string): string {
  return path.replace(/^packages\//, '').replace('/src/', '/');
}
