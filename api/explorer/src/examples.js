// The tabs of a first visit. A tab is called as its operation is; a browser that has been here shows its own tabs.
export const examples = [
  {
    query: `# A whole page, in one request.
query CompanyPage($slug: String!) {
  company(by: { slug: $slug }) {
    id
    slug
    name
    tier { key name }
    highlights
    focusAreas { id text }
    interviewLoop {
      totalMinutes { min max }
      rounds {
        id
        position
        title
        duration { min max }
        focus
        tips { id text }
      }
    }
    questionCategories {
      id
      name
      weightPercent
      questions { id text difficulty tags }
    }
    insiderTips { id text }
    redFlags { id text }
    traits { id text }
    salaryRanges {
      id
      level
      display
      min { amount currency }
      max { amount currency }
      openEnded
      basis
      note
    }
    prepPlan { weeks { week text } }
    revision
    publishedAt
  }
}
`,
    variables: JSON.stringify({ slug: 'netflix' }, null, 2),
  },
  {
    query: `# Search questions: over all companies, ten at a time.
# The next page: put the endCursor of this one into the variables, as "after".
query SearchQuestions($words: String!, $after: String) {
  questions(first: 10, after: $after, search: $words) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      text
      difficulty
      company { name slug }
      category { name }
    }
  }
}
`,
    variables: JSON.stringify({ words: 'recommendation' }, null, 2),
  },
  {
    query: `# Compare salaries, the highest first.
query CompareSalaries {
  salaryRanges(
    first: 20
    filter: { currency: { eq: "USD" } }
    orderBy: { field: MIN_AMOUNT, direction: DESC }
  ) {
    nodes {
      level
      display
      company { name }
    }
  }
}
`,
  },
];
