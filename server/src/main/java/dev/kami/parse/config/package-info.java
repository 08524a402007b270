/**
 * What an application keeps in the database about itself: {@link dev.kami.parse.config.GlobalConfig} (Parse.Config) and
 * {@link dev.kami.parse.config.GraphQLConfig} (which classes GraphQL shows).
 */
package dev.kami.parse.config;
