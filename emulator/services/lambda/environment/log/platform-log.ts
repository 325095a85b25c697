import type { Logging } from '../../function/configuration.ts';

/** How an invocation, or an initialisation, came out. */
export type Status = 'success' | 'error' | 'failure' | 'timeout';

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Only of the first invocation of an environment. */
  readonly initDurationMs: number | undefined;
  readonly status: Status;
  readonly errorType: string | undefined;
}

/** The lines that Lambda itself writes into a function's log ("Sending Lambda function logs to CloudWatch Logs"). */
export interface PlatformLog {
  start(requestId: string, version: string): string[];
  initFailed(durationMs: number, status: Status, errorType: string | undefined): string[];
  timedOut(requestId: string, message: string): string[];
  crashed(requestId: string, message: string, errorType: string): string[];
  report(report: Report): string[];
}

export const platformLog = (logging: Logging): PlatformLog =>
  logging.format === 'JSON' ? jsonLog(logging.systemLevel ?? 'INFO') : textLog;

/** The initialisation is billed with the first invocation; both are rounded up to a whole millisecond. */
const billed = ({ durationMs, initDurationMs = 0 }: Report): number => Math.ceil(durationMs + initDurationMs);
const ms = (value: number): string => `${value.toFixed(2)} ms`;

const textLog: PlatformLog = {
  start: (requestId, version) => [`START RequestId: ${requestId} Version: ${version}\n`],
  initFailed: (durationMs, status, errorType) => [
    `INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: init\tStatus: ${status}${errorType ? `\tError Type: ${errorType}` : ''}\n`,
  ],
  timedOut: (requestId, message) => [`${new Date().toISOString()} ${requestId} ${message}\n\n`],
  crashed: (requestId, message, errorType) => [`RequestId: ${requestId} Error: ${message}\n${errorType}\n`],
  report: (report) => {
    const fields = [
      `REPORT RequestId: ${report.requestId}`,
      `Duration: ${ms(report.durationMs)}`,
      `Billed Duration: ${billed(report)} ms`,
      `Memory Size: ${report.memorySizeMb} MB`,
      `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
      ...(report.initDurationMs === undefined ? [] : [`Init Duration: ${ms(report.initDurationMs)}`]),
      ...(report.status === 'timeout' || report.status === 'failure'
        ? [`Status: ${report.status === 'timeout' ? 'timeout' : 'error'}`]
        : []),
      ...(report.status === 'failure' && report.errorType ? [`Error Type: ${report.errorType}`] : []),
    ];
    return [`END RequestId: ${report.requestId}\n`, `${fields.join('\t')}\t\n`];
  },
};

function jsonLog(systemLevel: string): PlatformLog {
  const line = (type: string, record: object) =>
    `${JSON.stringify({ time: new Date().toISOString(), type, record })}\n`;
  const informs = systemLevel !== 'WARN';
  return {
    start: (requestId, version) => (informs ? [line('platform.start', { requestId, version })] : []),
    initFailed: (durationMs, status, errorType) => [
      line('platform.initReport', {
        initializationType: 'on-demand',
        phase: 'init',
        status,
        ...(errorType && { errorType }),
        metrics: { durationMs },
      }),
    ],
    timedOut: () => [],
    crashed: () => [],
    report: (report) => {
      const { requestId, status, errorType } = report;
      const metrics = {
        durationMs: report.durationMs,
        billedDurationMs: billed(report),
        memorySizeMB: report.memorySizeMb,
        maxMemoryUsedMB: report.maxMemoryUsedMb,
        ...(report.initDurationMs !== undefined && { initDurationMs: report.initDurationMs }),
      };
      const record = { requestId, metrics, status, ...(status !== 'success' && errorType && { errorType }) };
      return informs || status !== 'success' ? [line('platform.report', record)] : [];
    },
  };
}
