import java.nio.file.Files
import java.nio.file.Path

/* Of the sources of all kinds, those of the one that was asked for go where they belong. */
def project = Path.of(request.outputDirectory, request.artifactId)
def kind = request.properties['kind']
def type = request.properties['className']
def kinds = project.resolve('kinds')
def sources = kinds.resolve(kind)
if (!Files.isDirectory(sources)) {
  def known = kinds.toFile().list().sort().join(', ')
  project.toFile().deleteDir()
  throw new IllegalArgumentException("kind '$kind' is none; there are $known: -Dkind=KIND")
}
[main: '', test: 'Test'].each { part, suffix ->
  def folder = project.resolve("src/$part/java").resolve(request.properties['package'].replace('.', '/'))
  Files.createDirectories(folder)
  Files.move(sources.resolve("Plugin${suffix}.java"), folder.resolve("$type${suffix}.java"))
}
kinds.toFile().deleteDir()
