/** The handlers log to the console, as in Lambda; a demo tells in its own words what they did. */
export function quietLogs(): void {
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
}
