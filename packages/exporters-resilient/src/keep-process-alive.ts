export { keepProcessAlive } from '@llm-otel/core';

/** Keeps a Node.js process from ending for so long, or until what it returns is called. */
export function holdProcess(millis: number): () => void {
  const timer = setTimeout(() => undefined, millis);
  return () => clearTimeout(timer);
}
