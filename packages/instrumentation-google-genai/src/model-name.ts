import { readString } from '@llm-otel/llm-conventions/client';

// `models/gemini-2.5-flash`, `publishers/google/models/…`, `projects/my-project/locations/…/publishers/google/models/…`.
const RESOURCE = /(?:^|\/)models\/([^/]+)$/;

/**
 * The model that is asked for, without the path it may be written with: that differs with the project and means the same
 * model. Tuned models and endpoints keep theirs, for that is their name.
 */
export function modelName(params: unknown): string | undefined {
  const model = readString(params, 'model');
  return (model && RESOURCE.exec(model)?.[1]) ?? model;
}
