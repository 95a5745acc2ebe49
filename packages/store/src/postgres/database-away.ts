// Whether an error says that the database is not there at the moment, rather than what it thinks of a statement.

/** What the network says, and PostgreSQL's classes 08 (connection), 53300 (too many) and 57P (shutting down, starting). */
const codes =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|53300|57P\w{2})$/;

/** The driver's own errors have no code. */
const messages =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error/i;

/**
 * @example
 * pool.query('select 1').catch((error) => isDatabaseAway(error) || report(error));
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall, message } = error as NodeJS.ErrnoException;
  // A socket that is not there; any other file is another matter.
  const isLocal = code === 'ENOENT' && syscall === 'connect';
  return isLocal || codes.test(String(code)) || messages.test(message);
}
