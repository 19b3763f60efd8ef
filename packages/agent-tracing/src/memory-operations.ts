import {
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY_STORE,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY_STORE,
  GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPDATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPSERT_MEMORY,
  type MemoryCall,
  type MemoryOperationName,
  type MemoryOptions,
} from '@llm-otel/llm-conventions';
import type { Relations } from './relation-types.ts';
import type { Memory } from './run-types.ts';

/** Runs work inside the span of one memory operation. */
export type RunMemory = <T>(
  operation: MemoryOperationName,
  options: MemoryOptions & Relations,
  work: (operation: MemoryCall) => T,
) => T;

/** The memory operations, each under the name a caller expects. */
export function memoryOperations(run: RunMemory): Memory {
  return {
    search: (options, work) => run(GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY, options, work),
    create: (options, work) => run(GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY, options, work),
    update: (options, work) => run(GEN_AI_OPERATION_NAME_VALUE_UPDATE_MEMORY, options, work),
    upsert: (options, work) => run(GEN_AI_OPERATION_NAME_VALUE_UPSERT_MEMORY, options, work),
    delete: (options, work) => run(GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY, options, work),
    createStore: (options, work) =>
      run(GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY_STORE, options, work),
    deleteStore: (options, work) =>
      run(GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY_STORE, options, work),
  };
}
