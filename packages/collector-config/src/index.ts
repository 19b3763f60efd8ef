export type { Clause, Fidelity } from './clause.ts';
export { compile, type CompiledFile, type CompileResult } from './compile.ts';
export type {
  CollectorExporter,
  CompileInput,
  CompileSettings,
  ExporterType,
  FleetOptions,
  ResourceDetector,
  Signal,
} from './compile-options.ts';
export { formatClauses } from './format-clauses.ts';
export { RefusedError } from './refused-error.ts';
