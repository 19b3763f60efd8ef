import { parseSync, Visitor } from 'oxc-parser';

/** An import, re-export, `import()`, `require()` or `import('x').Type` with a literal specifier. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly kind: 'static' | 'dynamic' | 'type';
  /** Of an `import()`: says in the way of each bundler that the package may be missing. */
  readonly maybeMissing?: boolean;
}

/** What a source file takes from elsewhere. */
export interface SourceFacts {
  readonly imports: readonly Import[];
  /** Lines that read `process.env`. */
  readonly environmentReads: readonly number[];
}

/** Reads the imports of a TypeScript or JavaScript source. Comments and strings are no imports. */
export function readSource(fileName: string, source: string): SourceFacts {
  const { program, module, errors } = parseSync(fileName, source);
  if (errors.length > 0) throw new SyntaxError(`${fileName}: ${errors[0]?.message}`);

  const lineOf = lineCounter(source);
  const imports: Import[] = [];
  const add = (
    specifier: string,
    start: number,
    kind: Import['kind'],
    more?: Pick<Import, 'maybeMissing'>,
  ): void => {
    imports.push({ specifier, line: lineOf(start), kind, ...more });
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    add(moduleRequest.value, start, typeOnly ? 'type' : 'static');
  }
  for (const { entries, start } of module.staticExports) {
    const requests = new Map<string, boolean>();
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest === null || moduleRequest === undefined) continue;
      requests.set(moduleRequest.value, (requests.get(moduleRequest.value) ?? true) && isType);
    }
    for (const [specifier, typeOnly] of requests)
      add(specifier, start, typeOnly ? 'type' : 'static');
  }

  const environmentReads: number[] = [];
  const addLiteral = (node: Node | undefined, start: number, kind: Import['kind']): void => {
    if (node?.type === 'Literal' && typeof node.value === 'string') add(node.value, start, kind);
  };
  new Visitor({
    ImportExpression({ source: from, start, end }) {
      const { type, value } = from as Node;
      if (type !== 'Literal' || typeof value !== 'string') return;
      // esbuild goes by the catch, Turbopack by the comment.
      const hasComment = source.slice(start, end).includes('/* turbopackOptional: true */');
      const maybeMissing = hasComment && /^\s*\.catch\(/.test(source.slice(end));
      add(value, start, 'dynamic', { maybeMissing });
    },
    TSImportType: (node) => addLiteral(node.source, node.start, 'type'),
    CallExpression(node) {
      if ((node.callee as Node).name !== 'require') return;
      addLiteral(node.arguments[0] as Node | undefined, node.start, 'dynamic');
    },
    MemberExpression(node) {
      const { object, property, start } = node as unknown as Node;
      if (isProcess(object) && propertyName(property) === 'env')
        environmentReads.push(lineOf(start));
    },
    VariableDeclarator(node) {
      const { id, init, start } = node as unknown as Node;
      if (id?.type !== 'ObjectPattern' || !isProcess(init)) return;
      const takesEnv = id.properties?.some(({ key }) => propertyName(key) === 'env') === true;
      if (takesEnv) environmentReads.push(lineOf(start));
    },
  }).visit(program);
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const fromProcess = /^(node:)?process$/.test(moduleRequest.value);
    if (fromProcess && entries.some(({ importName }) => importName.name === 'env')) {
      environmentReads.push(lineOf(start));
    }
  }
  return { imports, environmentReads: environmentReads.toSorted((a, b) => a - b) };
}

/** The few members of a syntax tree that are looked at here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly name?: string;
  readonly value?: unknown;
  readonly object?: Node;
  readonly property?: Node;
  readonly id?: Node;
  readonly init?: Node | null;
  readonly key?: Node;
  readonly properties?: readonly Node[];
}

function isProcess(node: Node | null | undefined): boolean {
  return (
    (node?.type === 'Identifier' && node.name === 'process') ||
    (node?.type === 'MemberExpression' && propertyName(node.property) === 'process')
  );
}

function propertyName(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name;
  return typeof node?.value === 'string' ? node.value : undefined;
}

function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
    starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}
