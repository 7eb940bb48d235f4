import { availableParallelism, cpus, freemem, homedir, release, totalmem } from 'node:os';
import { app, screen } from 'electron';
import { EngineFacts } from '#core/contract/app.ts';
import type { EngineSupervisor } from '#electron/main/engineSupervisor.ts';
import type { EventLog } from '#electron/main/log/eventLog.ts';
import { diagnosticsText } from '#electron/policy/diagnosticsText.ts';
import { secretsOf } from '#electron/policy/redact.ts';

const LOG_LINES = 150;
/** Diagnostics are asked for when something is wrong: an engine that does not answer must not hold them up. */
const ENGINE_SECONDS = 4;

/** Main's own facts, the engine's where it answers, and the end of the log. */
export async function readDiagnostics(engine: EngineSupervisor, log: EventLog): Promise<{ text: string }> {
  const facts = await factsOf(engine);
  const text = diagnosticsText(
    {
      at: new Date().toISOString(),
      versions: {
        Refract: `${app.getVersion()} (${app.isPackaged ? 'packaged' : 'built files'})`,
        Electron: process.versions.electron,
        Chromium: process.versions.chrome,
        Node: process.versions.node,
      },
      system: {
        System: `${process.platform} ${release()}, ${process.arch}, ${app.getLocale()}`,
        Processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
        Memory: `${gigabytes(totalmem())}, ${gigabytes(freemem())} free`,
        'Memory of the window’s processes': gigabytes(
          app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0),
        ),
        Graphics: graphics(),
        Screens: screen
          .getAllDisplays()
          .map(({ size, scaleFactor }) => `${size.width}×${size.height} at ${scaleFactor}`)
          .join(', '),
        'User data': app.getPath('userData'),
      },
      engine: {
        State: engine.state.state,
        ...(facts === null ? {} : { Node: facts.node, Workers: facts.workers, Memory: gigabytes(facts.memory) }),
      },
      workspace:
        facts === null
          ? { State: 'unknown: the engine does not answer' }
          : {
              Folder: facts.workspacePath,
              Size: `${gigabytes(facts.workspaceBytes)}, ${facts.freeBytes === null ? 'unknown' : gigabytes(facts.freeBytes)} free on the drive`,
              Datasets: facts.datasets,
              Pipelines: facts.pipelines,
              Models: facts.models,
              Runs:
                Object.entries(facts.runs)
                  .map(([status, count]) => `${count} ${status}`)
                  .join(', ') || 'none',
            },
      errors: log.recentCodes(),
      log: log.tail(LOG_LINES),
    },
    { home: homedir(), secrets: secretsOf(process.env) },
  );
  return { text };
}

async function factsOf(engine: EngineSupervisor): Promise<EngineFacts | null> {
  if (engine.state.state !== 'ready') return null;
  const reply = await engine.call('app.facts', {}, {}, ENGINE_SECONDS);
  return reply.ok ? EngineFacts.parse(reply.value) : null;
}

function graphics(): string {
  const status = app.getGPUFeatureStatus();
  return `compositing ${status.gpu_compositing}, WebGL ${status.webgl}`;
}

const gigabytes = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
