/// Rules of the code base that neither the compiler nor `module-info` can check.
package naru.architecture;
