import type { Resource } from '@llm-otel/core';

interface MaybePending extends Resource {
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?(): Promise<void>;
}

/** Resolves once resources that are still being detected are complete. Undefined, the usual case: none is. */
export function pendingResources(
  items: readonly { readonly resource: Resource }[],
): Promise<unknown> | undefined {
  let pending: Set<MaybePending> | undefined;
  for (const item of items) {
    const resource: MaybePending = item.resource;
    if (resource.asyncAttributesPending === true) (pending ??= new Set()).add(resource);
  }
  if (pending === undefined) return undefined;
  // A detector that fails leaves the resource without its attributes, which is no reason to lose the items.
  return Promise.allSettled(
    [...pending].map(async (resource) => resource.waitForAsyncAttributes?.()),
  );
}
