import type { CliCommand } from '@llm-otel/core';
import { doctorCommand } from './doctor/doctor-command.ts';

/** The commands of this package, found by `llm-otel` as those of every other. */
export const commands: readonly CliCommand[] = [doctorCommand];
