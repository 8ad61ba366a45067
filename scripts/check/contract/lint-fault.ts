/** What a linter of the contract finds, where, and by which rule. */
export type LintFault = { rule: string; place: string; message: string };
