/**
 * Whether plugins that were built for the last release still work with the api as it is now. Start
 * at {@link org.zepad.compatibility.ApiCompatibilityTest}.
 */
package org.zepad.compatibility;
