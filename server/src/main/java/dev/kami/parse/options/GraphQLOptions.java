package dev.kami.parse.options;

import java.util.List;

/** Definitions of the topic "GraphQL". */
public final class GraphQLOptions {
    private static final Topic TOPIC = new Topic("GraphQL");

    public static final Option<Boolean> MOUNT_GRAPHQL = TOPIC.bool("mountGraphQL")
            .env("PARSE_SERVER_MOUNT_GRAPHQL")
            .standard(false)
            .later()
            .help("Mount GraphQL at graphQLPath.")
            .add();

    public static final Option<String> GRAPHQL_PATH = TOPIC.text("graphQLPath")
            .env("PARSE_SERVER_GRAPHQL_PATH")
            .standard("/graphql")
            .later()
            .help("Mount path of GraphQL.")
            .add();

    public static final Option<String> GRAPHQL_SCHEMA = TOPIC.text("graphQLSchema")
            .env("PARSE_SERVER_GRAPH_QLSCHEMA")
            .later()
            .help("Path of a custom GraphQL schema file merged with the generated one.")
            .add();

    public static final Option<Boolean> GRAPHQL_PUBLIC_INTROSPECTION = TOPIC.bool("graphQLPublicIntrospection")
            .env("PARSE_SERVER_GRAPHQL_PUBLIC_INTROSPECTION")
            .standard(false)
            .since("8.3")
            .later()
            .help("Introspection without the master key.")
            .add();

    public static final Option<Boolean> MOUNT_PLAYGROUND = TOPIC.bool("mountPlayground")
            .env("PARSE_SERVER_MOUNT_PLAYGROUND")
            .standard(false)
            .deprecated("9.5")
            .later()
            .help("Mount the GraphQL playground page.")
            .add();

    public static final Option<String> PLAYGROUND_PATH = TOPIC.text("playgroundPath")
            .env("PARSE_SERVER_PLAYGROUND_PATH")
            .standard("/playground")
            .deprecated("9.5")
            .later()
            .help("Mount path of the playground.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private GraphQLOptions() {}
}
