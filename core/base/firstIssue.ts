interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The first thing that a schema does not like, in half a sentence and with its place; for what files hold. */
export function firstIssue(error: { readonly issues: readonly Issue[] }): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it is not as expected';
  const message = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/,? ?received undefined$/, ', and nothing is there');
  return issue.path.length === 0 ? message : `"${issue.path.map(String).join('.')}": ${message}`;
}
