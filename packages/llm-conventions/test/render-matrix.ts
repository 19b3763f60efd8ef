import {
  type AttributeRequirements,
  genAiAttributeDefinitions,
  genAiEventDefinitions,
  genAiMetricDefinitions,
  genAiSpanDefinitions,
  type RequirementLevel,
} from '../src/model.ts';

/** What a run of every operation recorded: for each span type, metric and event, the attributes seen on it. */
export interface Recorded {
  readonly spans: ReadonlyMap<string, ReadonlySet<string>>;
  readonly metrics: ReadonlyMap<string, ReadonlySet<string>>;
  readonly events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Span types whose spans all passed. */
  readonly passed: ReadonlySet<string>;
  readonly resource: ReadonlySet<string>;
}

/** Which call makes it. */
const HELPERS: Readonly<Record<string, string>> = {
  'gen_ai.client.inference': '`genAi.inference`',
  'gen_ai.embeddings.client': '`genAi.embeddings`',
  'gen_ai.retrieval.client': '`genAi.retrieval`, `run.retrieve`',
  'gen_ai.fetch_response.client': '`genAi.fetchResponse`',
  'gen_ai.memory.client': '`genAi.memory`, `run.memory.*`',
  'gen_ai.create_agent.client': '`genAi.createAgent`',
  'gen_ai.invoke_agent.client': '`genAi.invokeAgent`',
  'gen_ai.invoke_agent.internal': '`genAi.agentRun`, `agents.run`',
  'gen_ai.invoke_workflow.internal': '`genAi.workflow`, `agents.workflow`',
  'gen_ai.plan.internal': '`genAi.plan`, `run.plan`',
  'gen_ai.execute_tool.internal': '`genAi.tool`, `run.tool`',
  'mcp.client': '`genAi.mcpClient`',
  'mcp.server': '`genAi.mcpServer`',
};

/** What is not recorded, with the reason. A row that is neither recorded nor listed here fails the test. */
const REASONS: Readonly<Record<string, string>> = {
  'gen_ai.prompt.variable on mcp.client.operation.duration':
    'opt-in; its values would make a time series each',
  'gen_ai.prompt.variable on mcp.server.operation.duration':
    'opt-in; its values would make a time series each',
  'mcp.resource.uri on mcp.client.operation.duration':
    'opt-in; its values would make a time series each',
  'mcp.resource.uri on mcp.server.operation.duration':
    'opt-in; its values would make a time series each',
};

const LEVELS: Readonly<Record<RequirementLevel, string>> = {
  required: 'R',
  conditional: 'C',
  recommended: 'r',
  opt_in: 'o',
};

const isOurs = (name: string): boolean => name.startsWith('llm_otel.');

/** The page in Markdown, and the rows that are neither recorded nor explained. */
export function renderMatrix(recorded: Recorded): { text: string; unexplained: string[] } {
  const cells = new Cells();
  const spans = Object.entries(genAiSpanDefinitions).map(([type, definition]) => {
    const seen = recorded.spans.get(type) ?? new Set<string>();
    const counted = cells.count(type, definition.attributes, seen);
    const helper = HELPERS[definition.refines ?? type] ?? '';
    const passed = recorded.passed.has(type) ? 'yes' : 'no';
    if (passed === 'no') cells.unexplained.push(`spans of type ${type} pass`);
    return `| \`${type}\` | ${definition.kind} | ${definition.operations.join(', ')} | ${helper} | ${counted} | ${passed} |`;
  });
  const metrics = Object.values(genAiMetricDefinitions)
    // Those of agents are recorded by agent-tracing.
    .filter(({ name }) => !name.startsWith('llm_otel.agent.'))
    .map(({ name, instrument, unit, attributes }) => {
      const seen = recorded.metrics.get(name);
      if (seen === undefined) cells.unexplained.push(`metric ${name}`);
      const counted = cells.count(name, attributes, seen ?? new Set());
      return `| \`${name}\` | ${instrument}, ${unit} | ${counted} |`;
    });
  const events = Object.values(genAiEventDefinitions)
    .filter(({ name }) => !isOurs(name))
    .map(({ name, level, attributes }) => {
      const seen = recorded.events.get(name);
      if (seen === undefined) cells.unexplained.push(`event ${name}`);
      return `| \`${name}\` | ${level} | ${cells.count(name, attributes, seen ?? new Set())} |`;
    });
  const attributes = Object.keys(genAiAttributeDefinitions)
    .filter((name) => !isOurs(name))
    .flatMap((name) => attributeRow(name, recorded, cells));

  const text = [
    '# The GenAI conventions, and what is recorded of them',
    '',
    'Written by a test (`packages/llm-conventions/test/matrix.test.ts`), which runs every operation and looks at what arrives;',
    'it fails where this page is out of date (`vitest -u` in the package writes it again) or where something of the model is',
    'neither recorded nor explained here. The model is that of 2026-10-09, in `tooling/semconv/model`. The same run passes in',
    '`tooling/packed/behaviour` with the packed packages on OpenTelemetry 2.12 and 3.1.',
    '',
    `${cells.recorded} of ${cells.total} places where the model lists an attribute are filled.`,
    '',
    '## Spans',
    '',
    'The last column says whether every span of the kind passes `checkConformance`.',
    '',
    '| span | kind | operations | made by | attributes | conforms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...spans,
    '',
    '## Metrics',
    '',
    '| metric | instrument, unit | attributes |',
    '| --- | --- | --- |',
    ...metrics,
    '',
    '## Events',
    '',
    '| event | level | attributes |',
    '| --- | --- | --- |',
    ...events,
    '',
    '## Attributes',
    '',
    'Where each stands: R required, C conditional, r recommended, o opt-in.',
    '',
    '| attribute | type | recorded on |',
    '| --- | --- | --- |',
    ...attributes,
    '',
    '## Not recorded',
    '',
    ...Object.entries(REASONS).map(
      ([place, reason]) => `- \`${place.replace(' on ', '` on `')}\`: ${reason}`,
    ),
    '',
  ].join('\n');
  return { text, unexplained: cells.unexplained };
}

/** Counts the places where an attribute is listed, and those where it was seen. */
class Cells {
  total = 0;
  recorded = 0;
  readonly unexplained: string[] = [];

  /** `12 of 12` */
  count(place: string, attributes: AttributeRequirements, seen: ReadonlySet<string>): string {
    const names = Object.keys(attributes);
    const filled = names.filter((name) => isSeen(name, seen));
    this.total += names.length;
    this.recorded += filled.length;
    for (const name of names)
      if (!isSeen(name, seen) && REASONS[`${name} on ${place}`] === undefined)
        this.unexplained.push(`${name} on ${place}`);
    return `${filled.length} of ${names.length}`;
  }
}

/** Also a template, such as `gen_ai.prompt.variable`. */
function isSeen(name: string, seen: ReadonlySet<string>): boolean {
  return seen.has(name) || [...seen].some((one) => one.startsWith(`${name}.`));
}

function attributeRow(name: string, recorded: Recorded, cells: Cells): string[] {
  const listed = Object.entries(genAiSpanDefinitions).flatMap(([type, { attributes, refines }]) => {
    const requirement = attributes[name];
    // A refinement repeats what the general kind has.
    const repeats =
      refines !== undefined &&
      JSON.stringify(
        genAiSpanDefinitions[refines as keyof typeof genAiSpanDefinitions].attributes[name],
      ) === JSON.stringify(requirement);
    return requirement === undefined || repeats
      ? []
      : [`${shortName(type)} ${LEVELS[requirement.level]}`];
  });
  const metrics = Object.values(genAiMetricDefinitions).filter(
    ({ attributes }) => name in attributes,
  );
  const events = Object.values(genAiEventDefinitions).filter(
    ({ name: event, attributes }) => name in attributes && !event.endsWith('.details'),
  );
  const places = [
    ...listed,
    ...events.map((event) => `event ${event.name}`),
    ...(metrics.length > 0 ? [`${metrics.length} metrics`] : []),
    ...(recorded.resource.has(name) ? ['resource, by `mainAgentAttributes`'] : []),
    ...(OWN_USE[name] === undefined ? [] : [OWN_USE[name]]),
  ];
  if (places.length === 0) cells.unexplained.push(`${name} anywhere`);
  return [`| \`${name}\` | ${genAiAttributeDefinitions[name]?.type} | ${places.join(', ')} |`];
}

/** Attributes of the core conventions that the GenAI ones list nowhere and we record. */
const OWN_USE: Readonly<Record<string, string>> = {
  'http.response.status_code': 'failed calls that had an HTTP answer',
};

function shortName(type: string): string {
  return type.replace('gen_ai.client.inference', 'inference').replace('gen_ai.', '');
}
