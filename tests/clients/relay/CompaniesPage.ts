import { graphql } from 'react-relay';

export const page = graphql`
  query CompaniesPageQuery($count: Int!, $cursor: String, $words: String) {
    ...CompaniesPage_list @arguments(count: $count, cursor: $cursor, words: $words)
  }
`;

export const list = graphql`
  fragment CompaniesPage_list on Query
  @refetchable(queryName: "CompaniesPageMoreQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }, words: { type: "String" }) {
    companies(first: $count, after: $cursor, search: $words) @connection(key: "CompaniesPage_companies") {
      edges {
        node {
          id
          slug
          name
          tier {
            name
          }
        }
      }
    }
  }
`;
