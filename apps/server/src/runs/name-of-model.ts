/**
 * What a version of a model is called.
 *
 * @example
 * nameOfModel({ name: 'cells', version: 3 }); // 'cells@3'
 */
export const nameOfModel = ({ name, version }: { name: string; version: number }): string =>
  `${name}@${version}`;
