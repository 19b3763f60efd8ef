import type { Attributes } from '@opentelemetry/api';
import { ATTR_LLM_OTEL_OBJECT_ID, ATTR_LLM_OTEL_OBJECT_PART_OF } from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';

/** A method that asks no model for anything. The conventions have no operation for it. */
export interface PlainMethod {
  /** Where it is on the client: `vectorStores.fileBatches.create` */
  readonly path: string;
  /** `openai.vector_stores.file_batches.create` */
  readonly spanName: string;
  readonly request: (args: readonly unknown[]) => Attributes;
  readonly answered?: ((body: unknown) => Attributes) | undefined;
}

/** The methods of a resource by what their first argument is. */
interface Resource {
  /** Where it is on the client. */
  readonly path: string;
  /** Whether its objects are part of another one, whose id is the first argument where one is made or where all are listed. */
  readonly isPart?: boolean | undefined;
  /** Answer with the id of the object that was made. */
  readonly make?: readonly string[] | undefined;
  /** Take the id of an object. */
  readonly use?: readonly string[] | undefined;
  readonly list?: readonly string[] | undefined;
}

const resources: readonly Resource[] = [
  {
    path: 'files',
    make: ['create'],
    use: ['retrieve', 'delete', 'content'],
    list: ['list'],
  },
  { path: 'batches', make: ['create'], use: ['retrieve', 'cancel'], list: ['list'] },
  { path: 'uploads', make: ['create'], use: ['complete', 'cancel'] },
  { path: 'uploads.parts', isPart: true, make: ['create'] },
  {
    path: 'vectorStores',
    make: ['create'],
    use: ['retrieve', 'update', 'delete'],
    list: ['list'],
  },
  {
    path: 'vectorStores.files',
    isPart: true,
    make: ['create'],
    use: ['retrieve', 'update', 'delete', 'content'],
    list: ['list'],
  },
  {
    path: 'vectorStores.fileBatches',
    isPart: true,
    make: ['create'],
    use: ['retrieve', 'cancel', 'listFiles'],
  },
  {
    path: 'fineTuning.jobs',
    make: ['create'],
    use: ['retrieve', 'cancel', 'pause', 'resume', 'listEvents'],
    list: ['list'],
  },
  { path: 'fineTuning.jobs.checkpoints', isPart: true, list: ['list'] },
  { path: 'moderations', make: ['create'] },
];

/** Each has a plain span: its name, where it went, ids, how it ended. What files and documents hold is not read. */
export const plainMethods: readonly PlainMethod[] = resources.flatMap((resource) => {
  const { isPart = false, make = [], use = [], list = [] } = resource;
  const ofWhole = ([whole]: readonly unknown[]): Attributes => (isPart ? partOf(whole) : {});
  const ofObject = ([id, where]: readonly unknown[]): Attributes => ({
    ...objectId(id),
    ...(isPart && partOf(readMember(where, 'vector_store_id'))),
  });
  const answered = (body: unknown): Attributes => objectId(readMember(body, 'id'));
  const making = make.map((name) => plain(resource, name, ofWhole, answered));
  const using = use.map((name) => plain(resource, name, ofObject));
  const listing = list.map((name) => plain(resource, name, ofWhole));
  return making.concat(using, listing);
});

function objectId(id: unknown): Attributes {
  return typeof id === 'string' ? { [ATTR_LLM_OTEL_OBJECT_ID]: id } : {};
}

function partOf(id: unknown): Attributes {
  return typeof id === 'string' ? { [ATTR_LLM_OTEL_OBJECT_PART_OF]: id } : {};
}

function plain(
  resource: Resource,
  method: string,
  request: PlainMethod['request'],
  answered?: PlainMethod['answered'],
): PlainMethod {
  const path = `${resource.path}.${method}`;
  const words = path.replaceAll(/[A-Z]/g, (at) => `_${at.toLowerCase()}`);
  return { path, spanName: `openai.${words}`, request, answered };
}
