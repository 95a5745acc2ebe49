// Everything this package offers, one block per folder.

export * from './graph-error.ts';
