// What a frontend would write with the generated types. It is compiled, not run: each line that reads a value states with
// its type what the schema promises.
import { useFragment, type FragmentType } from './generated/fragment-masking';
import {
  AnyNodeDocument,
  CompanyListDocument,
  CompanyPageDocument,
  QuestionLineFragmentDoc,
  QuestionSearchDocument,
  type TypedDocumentString,
} from './generated/graphql';

async function ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data } = (await response.json()) as { data: Result };
  return data;
}

function questionLine(question: FragmentType<typeof QuestionLineFragmentDoc>): string {
  const { text, difficulty, tags } = useFragment(QuestionLineFragmentDoc, question);
  const hardness: string = difficulty ?? 'not rated';
  return `${text} (${hardness}; ${tags.join(', ')})`;
}

export async function companyPage(slug: string): Promise<string[]> {
  const { company } = await ask(CompanyPageDocument, { slug });
  // A company may be absent. In one that is there, everything is that the publishing rules ask for.
  if (!company) return [];
  const minutes: number = company.interviewLoop.totalMinutes.max;
  const shares: number[] = company.questionCategories.map((category) => category.weightPercent);
  const tips: string[] = company.interviewLoop.rounds.flatMap((round) => round.tips.map((tip) => tip.text));
  const published: string = company.publishedAt;
  const verified: string | null | undefined = company.verifiedOn;
  const salaries: string[] = company.salaryRanges.map(({ level, display, min, max, openEnded }) => {
    const least: number = min.amount;
    // The upper end is open in "$900K+", or not known.
    const most: number | undefined = max?.amount;
    const open: boolean = openEnded;
    return `${level}: ${display} (${least} to ${most ?? '?'} ${min.currency}${open ? '+' : ''})`;
  });
  const questions = company.questionCategories.flatMap((category) => category.questions.map(questionLine));
  const weeks = company.prepPlan.weeks.map(({ week, text }) => `${week}: ${text}`);
  return [company.name, company.tier.name, ...company.highlights, `${minutes}`, ...shares.map(String), ...tips, published, verified ?? '', ...salaries, ...questions, ...weeks];
}

export async function allCompanies(): Promise<string[]> {
  const names: string[] = [];
  let after: string | null | undefined;
  do {
    const { companies } = await ask(CompanyListDocument, { first: 100, after });
    names.push(...companies.edges.map(({ node }) => node.name));
    after = companies.pageInfo.hasNextPage ? companies.pageInfo.endCursor : null;
  } while (after);
  return names;
}

export async function searchQuestions(words: string): Promise<string[]> {
  const { questions } = await ask(QuestionSearchDocument, { words });
  const total: number = questions.totalCount;
  return [`${total}`, ...questions.nodes.map((node) => `${node.company.name}, ${node.category.name}: ${questionLine(node)}`)];
}

export async function anyNode(id: string): Promise<string | undefined> {
  const { node } = await ask(AnyNodeDocument, { id });
  switch (node?.__typename) {
    case 'Company':
      return node.name;
    case 'Question':
      return node.text;
    case 'SalaryRange':
      return node.display;
    default:
      return node?.id;
  }
}

export async function mistakes(): Promise<void> {
  // The types must also refuse. If one of these lines became legal, the compiler would say so.
  // @ts-expect-error a required variable is missing
  await ask(CompanyPageDocument, {});
  // @ts-expect-error a number is not a slug
  await ask(CompanyPageDocument, { slug: 1 });
  const { company } = await ask(CompanyPageDocument, { slug: 'netflix' });
  // @ts-expect-error the company may be null
  company.name;
}
