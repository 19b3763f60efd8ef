import type { Attributes } from '@opentelemetry/api';
import type { Resource } from '../sdk-types.ts';

/**
 * A resource with everything the SDKs of both lines ask of one. Written out, because `@opentelemetry/resources`
 * comes with the SDK in a version of the SDK's choosing, and none of it is needed for attributes that are known.
 */
export interface SettledResource extends Resource {
  // Without `undefined`, as the SDK writes it.
  readonly schemaUrl?: string;
  /** Never true: no attribute is awaited. */
  readonly asyncAttributesPending: boolean;
  waitForAsyncAttributes(): Promise<void>;
  /** A new resource. Where both have an attribute, that of `other` stays. */
  merge(other: MergeableResource | null): SettledResource;
  getRawAttributes(): [string, Attributes[string]][];
}

/** What is read of the other resource in a merge: it may be the SDK's own. */
export interface MergeableResource {
  readonly attributes: Attributes;
  readonly schemaUrl?: string | undefined;
}

/** Makes a resource of `attributes`. Members that are `undefined` are left out. */
export function createResource(attributes: Attributes, schemaUrl?: string): SettledResource {
  const settled = Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined),
  );
  return Object.freeze({
    attributes: Object.freeze(settled),
    ...(schemaUrl === undefined ? {} : { schemaUrl }),
    asyncAttributesPending: false,
    waitForAsyncAttributes: async () => undefined,
    merge: (other: MergeableResource | null) =>
      other === null
        ? createResource(settled, schemaUrl)
        : createResource({ ...settled, ...other.attributes }, other.schemaUrl ?? schemaUrl),
    getRawAttributes: () => Object.entries(settled),
  });
}

/** Of the attributes of an SDK's own resource those that say which SDK it is. */
export function resourceOfSdk(attributes: Attributes): SettledResource {
  return createResource(
    Object.fromEntries(
      Object.entries(attributes).filter(([key]) => key.startsWith('telemetry.sdk.')),
    ),
  );
}
