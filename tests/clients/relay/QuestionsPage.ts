import { graphql } from 'react-relay';

export const page = graphql`
  query QuestionsPageQuery($count: Int!, $cursor: String, $words: String, $filter: QuestionFilter) {
    ...QuestionsPage_list @arguments(count: $count, cursor: $cursor, words: $words, filter: $filter)
  }
`;

// A search with a filter: both are part of the key under which Relay keeps the list.
export const list = graphql`
  fragment QuestionsPage_list on Query
  @refetchable(queryName: "QuestionsPageMoreQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    words: { type: "String" }
    filter: { type: "QuestionFilter" }
  ) {
    questions(first: $count, after: $cursor, search: $words, filter: $filter)
      @connection(key: "QuestionsPage_questions", filters: ["search", "filter"]) {
      edges {
        node {
          text
          difficulty
          category {
            name
          }
          company {
            slug
          }
        }
      }
    }
  }
`;
