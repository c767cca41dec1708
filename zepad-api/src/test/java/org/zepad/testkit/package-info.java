/** What plugin authors test their plugins with: golden numbers and contract tests. */
package org.zepad.testkit;
