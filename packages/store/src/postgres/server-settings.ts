// The settings of the embedded server, given on its command line so that those of the running
// version count and none is left behind in the data folder.

import os from 'node:os';

const MEBIBYTE = 2 ** 20;

/**
 * Settings for a machine that the database shares with the workbench, picture decoding and training.
 * Durability is left as PostgreSQL has it: fsync, full page writes and synchronous commit are on.
 */
export function serverSettings(memoryBytes = availableMemoryBytes()): Record<string, string> {
  const shareOfMemory = (divisor: number, lowest: number, highest: number) =>
    `${Math.round(Math.min(Math.max(memoryBytes / divisor / MEBIBYTE, lowest), highest))}MB`;
  return {
    shared_buffers: shareOfMemory(16, 64, 1024), // 512 MB of 8 GB; the file cache holds the rest
    effective_cache_size: shareOfMemory(2, 128, 65536),
    work_mem: shareOfMemory(256, 4, 64), // facets over a million rows sort in memory
    maintenance_work_mem: shareOfMemory(32, 32, 512),
    // An import writes about a gigabyte of log: few checkpoints, yet a recovery of some seconds.
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    wal_compression: 'pglz',
    jit: 'off', // compiling costs more than these queries take
    random_page_cost: '1.1', // solid state
    max_connections: '60',
    // Parallel queries share memory. Neither a container's small /dev/shm nor systemd's RemoveIPC
    // may break them, so it comes from the main segment first and from files after that.
    dynamic_shared_memory_type: 'mmap',
    min_dynamic_shared_memory: shareOfMemory(128, 8, 128),
    // The queries of a killed worker end instead of holding its locks.
    client_connection_check_interval: '2s',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    // Statements may hold whole files of annotations; the log tells the error, the caller the rest.
    log_min_error_statement: 'panic',
  };
}

/** The memory of the machine or of the container, whichever is smaller. */
function availableMemoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
}
