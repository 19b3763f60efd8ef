/**
 * Tells of each collection of the old generation, some turns of the event loop later, for as long as somebody holds what it
 * returns: a registry that is collected itself tells nothing any more.
 */
export function whenCollected(told: () => void): object {
  // Collections of the young generation alone leave it in peace.
  const registry = new FinalizationRegistry<undefined>(() => {
    told();
    registry.register({}, undefined);
  });
  registry.register({}, undefined);
  return registry;
}
