export interface Migration {
  /** `NNNN-what-it-brings`; the number gives the order. */
  name: string;
  /** One or more statements. */
  sql: string;
}
