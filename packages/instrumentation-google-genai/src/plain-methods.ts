import type { Attributes } from '@opentelemetry/api';
import { ATTR_GEN_AI_REQUEST_MODEL, ATTR_LLM_OTEL_OBJECT_ID } from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { modelName } from './model-name.ts';

/** A method that asks no model for an answer. The conventions have no operation for it. */
export interface PlainMethod {
  /** Where it is on the client. */
  readonly path: readonly [resource: string, method: string];
  /** Not observed where the resource has this one, which it calls. */
  readonly unless?: string | undefined;
  /** `google_genai.models.count_tokens` */
  readonly spanName: string;
  readonly request: (params: unknown) => Attributes;
  readonly answered?: ((body: unknown) => Attributes) | undefined;
}

/** The methods of a resource by what they are about. */
interface Resource {
  readonly path: string;
  /** Answer with the name of the object that was made. */
  readonly make?: readonly string[];
  /** Take the name of an object. */
  readonly use?: readonly string[];
  readonly list?: readonly string[];
  /** Take the name of a model. */
  readonly ofModel?: readonly string[];
}

// In the client some are made of another one, which sends the request: `list` of `listInternal`.
const resources: readonly Resource[] = [
  {
    path: 'models',
    make: ['generateVideosInternal', 'generateVideos'],
    list: ['listInternal'],
    ofModel: ['countTokens', 'computeTokens', 'get', 'update', 'delete'],
  },
  {
    path: 'batches',
    make: ['createInternal', 'createEmbeddingsInternal'],
    use: ['get', 'cancel', 'delete'],
    list: ['listInternal'],
  },
  { path: 'caches', make: ['create'], use: ['get', 'update', 'delete'], list: ['listInternal'] },
  { path: 'files', make: ['upload'], use: ['get', 'delete', 'download'], list: ['listInternal'] },
  {
    path: 'tunings',
    make: ['tuneInternal', 'tuneMldevInternal'],
    use: ['getInternal', 'cancel'],
    list: ['listInternal'],
  },
  { path: 'operations', use: ['get', 'getVideosOperation'] },
];

/** Each has a plain span: its name, where it went, ids, how it ended. What files, prompts and jobs hold is not read. */
export const plainMethods: readonly PlainMethod[] = resources.flatMap(
  ({ path, make = [], use = [], list = [], ofModel = [] }) => {
    const making = make.map((name) => plain(path, name, modelOf, objectOf));
    const using = use.map((name) => plain(path, name, objectOf));
    const listing = list.map((name) => plain(path, name, () => ({})));
    const asking = ofModel.map((name) => plain(path, name, modelOf));
    return making.concat(using, listing, asking);
  },
);

function modelOf(params: unknown): Attributes {
  return { [ATTR_GEN_AI_REQUEST_MODEL]: modelName(params) };
}

/** By its own name, or by that of the operation or the file that is given whole. */
export function objectOf(value: unknown): Attributes {
  const whole = readMember(value, 'operation') ?? readMember(value, 'file');
  const name =
    whole === undefined ? readMember(value, 'name') : (readMember(whole, 'name') ?? whole);
  return typeof name === 'string' ? { [ATTR_LLM_OTEL_OBJECT_ID]: name } : {};
}

function plain(
  resource: string,
  method: string,
  request: PlainMethod['request'],
  answered?: PlainMethod['answered'],
): PlainMethod {
  const name = method.replace(/(?:Mldev)?Internal$/, '');
  const words = [resource, name].map((word) =>
    word.replaceAll(/[A-Z]/g, (at) => `_${at.toLowerCase()}`),
  );
  return {
    path: [resource, method],
    unless: method === 'generateVideos' ? 'generateVideosInternal' : undefined,
    spanName: ['google_genai', ...words].join('.'),
    request,
    answered,
  };
}
