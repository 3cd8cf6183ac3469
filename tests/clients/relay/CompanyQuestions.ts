import { graphql } from 'react-relay';

export const page = graphql`
  query CompanyQuestionsQuery($company: ID!, $count: Int!) {
    node(id: $company) {
      ...CompanyQuestions_list @arguments(count: $count) @alias(as: "company")
    }
  }
`;

// On a company, not on the root: the next part is fetched with `node(id:)`. Walks in both directions.
export const list = graphql`
  fragment CompanyQuestions_list on Company
  @refetchable(queryName: "CompanyQuestionsMoreQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    before: { type: "String" }
    last: { type: "Int" }
  ) {
    name
    questions(first: $count, after: $cursor, last: $last, before: $before) @connection(key: "CompanyQuestions_questions") {
      edges {
        node {
          text
          difficulty
          category {
            name
          }
        }
      }
    }
  }
`;
