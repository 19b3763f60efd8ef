import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';

/**
 * What a chain run is: a whole graph, an agent (by a graph, or by `AgentExecutor`), a node of a graph, another chain, or
 * plumbing that nobody looks for.
 */
export type ChainKind = 'agent' | 'executor' | 'graph' | 'node' | 'chain' | 'hidden';

export interface ChainFacts {
  readonly kind: ChainKind;
  /** Undefined where it is only the class name of the framework. */
  readonly name: string | undefined;
  /** The thread of LangGraph's checkpoints: a conversation. */
  readonly threadId: string | undefined;
  /** Position of a node in the graph's run. */
  readonly step: number | undefined;
}

/** Names of classes, which runs have that were given none. */
const CLASS_NAMES = new Set(['LangGraph', 'CompiledStateGraph', 'Pregel', 'AgentExecutor']);

export function chainFacts(
  chain: unknown,
  tags: readonly string[] | undefined,
  metadata: unknown,
  runName: string | undefined,
): ChainFacts {
  const id = readList(chain, 'id');
  const name = runName ?? (typeof id.at(-1) === 'string' ? String(id.at(-1)) : undefined);
  const kind = kindOf(id, tags ?? [], metadata, name);
  const isNamed = name !== undefined && !CLASS_NAMES.has(name);
  return {
    kind,
    name: isNamed ? name : undefined,
    threadId: readString(metadata, 'thread_id'),
    step: readNumber(metadata, 'langgraph_step'),
  };
}

function kindOf(
  id: readonly unknown[],
  tags: readonly string[],
  metadata: unknown,
  name: string | undefined,
): ChainKind {
  if (tags.includes('langsmith:hidden')) return 'hidden';
  if (id[0] === 'langgraph' && id[1] === 'pregel')
    return readMember(metadata, 'ls_integration') === 'langchain_create_agent' ? 'agent' : 'graph';
  // Of LangChain 0: it plans with a model and runs tools until it is done.
  if (id.at(-1) === 'AgentExecutor') return 'executor';
  const node = readMember(metadata, 'langgraph_node');
  if (node === undefined) return 'chain';
  if (node === name && tags.some((tag) => tag.startsWith('graph:step:'))) return 'node';
  // Edges of a graph are functions that run inside the node before them.
  return name === 'RunnableLambda' || name === 'Branch' || name?.startsWith('Branch<') === true
    ? 'hidden'
    : 'chain';
}
