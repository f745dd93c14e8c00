<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Actions</name>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Go</source>
   <translation>&amp;Gehe zu</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Propagate</source>
   <translation>&amp;Verfolgen</translation>
  </message>
  <message>
   <source>&amp;Review</source>
   <translation>&amp;Prüfen</translation>
  </message>
  <message>
   <source>&amp;Track</source>
   <translation>&amp;Spur</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>100 %</source>
   <translation>100 %</translation>
  </message>
  <message>
   <source>About DiMPLE</source>
   <translation>Über DiMPLE</translation>
  </message>
  <message>
   <source>Accept and go on</source>
   <translation>Annehmen und weiter</translation>
  </message>
  <message>
   <source>Add image folder to project…</source>
   <translation>Bildordner zum Projekt hinzufügen…</translation>
  </message>
  <message>
   <source>Add videos to project…</source>
   <translation>Videos zum Projekt hinzufügen…</translation>
  </message>
  <message>
   <source>All tracks can be changed again</source>
   <translation>Alle Spuren lassen sich wieder ändern</translation>
  </message>
  <message>
   <source>Attributes and categories…</source>
   <translation>Merkmale und Kategorien…</translation>
  </message>
  <message>
   <source>Back to the start page; everything is saved already</source>
   <translation>Zurück zur Startseite; alles ist schon gespeichert</translation>
  </message>
  <message>
   <source>Between two keyframes: boxes on a straight line, or the tracked ones again</source>
   <translation>Zwischen zwei Schlüsselbildern: Boxen auf einer Geraden, oder wieder die verfolgten</translation>
  </message>
  <message>
   <source>Bookmark</source>
   <translation>Lesezeichen</translation>
  </message>
  <message>
   <source>Brightness, contrast, gamma, heat-map, labels and guides</source>
   <translation>Helligkeit, Kontrast, Gamma, Heatmap, Beschriftung und Hilfslinien</translation>
  </message>
  <message>
   <source>Bring the next panel of the same place to the front, with the keyboard: Inspector, Review, Memory</source>
   <translation>Holt den nächsten Bereich am selben Platz nach vorn, mit der Tastatur: Inspektor, Prüfen, Gedächtnis</translation>
  </message>
  <message>
   <source>Bring the picture closer</source>
   <translation>Das Bild näher heranholen</translation>
  </message>
  <message>
   <source>Bring the selected box close</source>
   <translation>Die gewählte Box nah heranholen</translation>
  </message>
  <message>
   <source>Carry the box back through as many frames as “Propagate…” was last told</source>
   <translation>Die Box so viele Bilder zurücktragen, wie zuletzt bei „Verfolgen…“ angegeben</translation>
  </message>
  <message>
   <source>Carry the box back through the frames before</source>
   <translation>Die Box durch die Bilder davor zurücktragen</translation>
  </message>
  <message>
   <source>Carry the box back to the frame before that you set a box on</source>
   <translation>Die Box bis zum vorigen Bild zurücktragen, auf dem Sie eine gesetzt haben</translation>
  </message>
  <message>
   <source>Carry the box forward to the end and back to the start, as one step</source>
   <translation>Die Box vorwärts bis zum Ende und zurück bis zum Anfang tragen, als ein Schritt</translation>
  </message>
  <message>
   <source>Carry the box on through as many frames as “Propagate…” was last told</source>
   <translation>Die Box so viele Bilder weitertragen, wie zuletzt bei „Verfolgen…“ angegeben</translation>
  </message>
  <message>
   <source>Carry the box on through the following frames</source>
   <translation>Die Box durch die folgenden Bilder weitertragen</translation>
  </message>
  <message>
   <source>Carry the box on to the next frame you set a box on</source>
   <translation>Die Box bis zum nächsten Bild weitertragen, auf dem Sie eine gesetzt haben</translation>
  </message>
  <message>
   <source>Carry the box through the chosen frames and no further</source>
   <translation>Die Box durch die gewählten Bilder tragen und nicht weiter</translation>
  </message>
  <message>
   <source>Category {0}</source>
   <translation>Kategorie {0}</translation>
  </message>
  <message>
   <source>Change shortcuts…</source>
   <translation>Tastenkürzel ändern…</translation>
  </message>
  <message>
   <source>Choose direction, number of frames, tracks and when to stop</source>
   <translation>Richtung, Bilderzahl, Spuren und Gründe zum Anhalten wählen</translation>
  </message>
  <message>
   <source>Choose frames from this one on; or drag over the lanes of the timeline</source>
   <translation>Bilder von diesem an wählen; oder über die Zeilen der Zeitleiste ziehen</translation>
  </message>
  <message>
   <source>Choose frames up to this one</source>
   <translation>Bilder bis zu diesem wählen</translation>
  </message>
  <message>
   <source>Choose no frames any more</source>
   <translation>Keine Bilder mehr wählen</translation>
  </message>
  <message>
   <source>Close project</source>
   <translation>Projekt schließen</translation>
  </message>
  <message>
   <source>Command palette…</source>
   <translation>Befehlspalette…</translation>
  </message>
  <message>
   <source>Confirm box and go on</source>
   <translation>Box bestätigen und weiter</translation>
  </message>
  <message>
   <source>Copy box</source>
   <translation>Box kopieren</translation>
  </message>
  <message>
   <source>Copy to next frames…</source>
   <translation>Auf die nächsten Bilder kopieren…</translation>
  </message>
  <message>
   <source>Cross-hair</source>
   <translation>Fadenkreuz</translation>
  </message>
  <message>
   <source>Define what can be said of objects; rename, merge and remove categories</source>
   <translation>Festlegen, was sich von Objekten sagen lässt; Kategorien umbenennen, vereinen und entfernen</translation>
  </message>
  <message>
   <source>Delete from here on</source>
   <translation>Ab hier löschen</translation>
  </message>
  <message>
   <source>Delete on this frame</source>
   <translation>Auf diesem Bild löschen</translation>
  </message>
  <message>
   <source>Delete track</source>
   <translation>Spur löschen</translation>
  </message>
  <message>
   <source>Delete tracked boxes in the range</source>
   <translation>Verfolgte Boxen im Bereich löschen</translation>
  </message>
  <message>
   <source>Do again what was taken back</source>
   <translation>Zurückgenommenes noch einmal tun</translation>
  </message>
  <message>
   <source>Draw a box for the selected track, or for a new one</source>
   <translation>Eine Box für die gewählte Spur zeichnen, oder für eine neue</translation>
  </message>
  <message>
   <source>Draw box</source>
   <translation>Box zeichnen</translation>
  </message>
  <message>
   <source>Draw the box of one more object</source>
   <translation>Die Box eines weiteren Objekts zeichnen</translation>
  </message>
  <message>
   <source>Duplicate track</source>
   <translation>Spur verdoppeln</translation>
  </message>
  <message>
   <source>Each run carries all tracks with a box on its first frame, in one pass</source>
   <translation>Jeder Lauf verfolgt alle Spuren mit einer Box auf seinem ersten Bild, in einem Durchgang</translation>
  </message>
  <message>
   <source>Effort…</source>
   <translation>Aufwand…</translation>
  </message>
  <message>
   <source>End the run, or leave the drawing; what was tracked stays</source>
   <translation>Den Lauf beenden oder das Zeichnen verlassen; Verfolgtes bleibt</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Export the range…</source>
   <translation>Bereich exportieren…</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Fill all gaps</source>
   <translation>Alle Lücken füllen</translation>
  </message>
  <message>
   <source>Fill every gap between keyframes</source>
   <translation>Jede Lücke zwischen Schlüsselbildern füllen</translation>
  </message>
  <message>
   <source>Fill the gap</source>
   <translation>Lücke füllen</translation>
  </message>
  <message>
   <source>Find and run any action by a few letters of its name</source>
   <translation>Jede Aktion durch ein paar Buchstaben finden und ausführen</translation>
  </message>
  <message>
   <source>First frame</source>
   <translation>Erstes Bild</translation>
  </message>
  <message>
   <source>Fit picture</source>
   <translation>Bild einpassen</translation>
  </message>
  <message>
   <source>Follow the box</source>
   <translation>Der Box folgen</translation>
  </message>
  <message>
   <source>From this frame on it becomes a track of its own</source>
   <translation>Ab diesem Bild wird es eine eigene Spur</translation>
  </message>
  <message>
   <source>Ghosts of the keyframes beside</source>
   <translation>Geisterbilder der Schlüsselbilder daneben</translation>
  </message>
  <message>
   <source>Give actions other keys</source>
   <translation>Aktionen andere Tasten geben</translation>
  </message>
  <message>
   <source>Go to frame…</source>
   <translation>Gehe zu Bild…</translation>
  </message>
  <message>
   <source>Half the speed, down to a quarter</source>
   <translation>Halbe Geschwindigkeit, bis zu einem Viertel</translation>
  </message>
  <message>
   <source>Heat-map</source>
   <translation>Heatmap</translation>
  </message>
  <message>
   <source>Heat-map fainter</source>
   <translation>Heatmap schwächer</translation>
  </message>
  <message>
   <source>Heat-map stronger</source>
   <translation>Heatmap stärker</translation>
  </message>
  <message>
   <source>Hide track</source>
   <translation>Spur ausblenden</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Jump to a frame number or a time</source>
   <translation>Zu einer Bildnummer oder Zeit springen</translation>
  </message>
  <message>
   <source>Keep going in doubt</source>
   <translation>Im Zweifel weiterlaufen</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keyboard to the next panel</source>
   <translation>Tastatur zum nächsten Bereich</translation>
  </message>
  <message>
   <source>Keyboard to the panel before</source>
   <translation>Tastatur zum vorigen Bereich</translation>
  </message>
  <message>
   <source>Labels: all, selected, none</source>
   <translation>Beschriftung: alle, gewählte, keine</translation>
  </message>
  <message>
   <source>Last frame</source>
   <translation>Letztes Bild</translation>
  </message>
  <message>
   <source>Leave; everything is saved already</source>
   <translation>Verlassen; alles ist schon gespeichert</translation>
  </message>
  <message>
   <source>Let less of the picture through</source>
   <translation>Weniger vom Bild durchscheinen lassen</translation>
  </message>
  <message>
   <source>Let more of the picture through</source>
   <translation>Mehr vom Bild durchscheinen lassen</translation>
  </message>
  <message>
   <source>Let the chosen frames fill the timeline</source>
   <translation>Die gewählten Bilder füllen die Zeitleiste</translation>
  </message>
  <message>
   <source>Lines between the pixels, far zoomed in</source>
   <translation>Linien zwischen den Pixeln, stark vergrößert</translation>
  </message>
  <message>
   <source>Lines through the mouse across the whole picture</source>
   <translation>Linien durch die Maus über das ganze Bild</translation>
  </message>
  <message>
   <source>Lock track</source>
   <translation>Spur sperren</translation>
  </message>
  <message>
   <source>Look of the picture…</source>
   <translation>Aussehen des Bildes…</translation>
  </message>
  <message>
   <source>Lower</source>
   <translation>Nach hinten</translation>
  </message>
  <message>
   <source>Make a new project of this one as it was some time ago; backups lie in the data folder</source>
   <translation>Aus diesem Projekt, wie es vor einiger Zeit war, ein neues machen; Sicherungen liegen im Datenordner</translation>
  </message>
  <message>
   <source>Make box lower by {0} px</source>
   <translation>Box um {0} px niedriger machen</translation>
  </message>
  <message>
   <source>Make box narrower by {0} px</source>
   <translation>Box um {0} px schmaler machen</translation>
  </message>
  <message>
   <source>Make box taller by {0} px</source>
   <translation>Box um {0} px höher machen</translation>
  </message>
  <message>
   <source>Make box wider by {0} px</source>
   <translation>Box um {0} px breiter machen</translation>
  </message>
  <message>
   <source>Mark the video on the screen as done, or as in progress again</source>
   <translation>Das gezeigte Video als fertig kennzeichnen, oder wieder als in Arbeit</translation>
  </message>
  <message>
   <source>Merge with…</source>
   <translation>Vereinen mit…</translation>
  </message>
  <message>
   <source>Middle of the gap</source>
   <translation>Mitte der Lücke</translation>
  </message>
  <message>
   <source>Move box</source>
   <translation>Box bewegen</translation>
  </message>
  <message>
   <source>Move box down by {0} px</source>
   <translation>Box um {0} px nach unten</translation>
  </message>
  <message>
   <source>Move box left by {0} px</source>
   <translation>Box um {0} px nach links</translation>
  </message>
  <message>
   <source>Move box right by {0} px</source>
   <translation>Box um {0} px nach rechts</translation>
  </message>
  <message>
   <source>Move box up by {0} px</source>
   <translation>Box um {0} px nach oben</translation>
  </message>
  <message>
   <source>Name the track</source>
   <translation>Spur benennen</translation>
  </message>
  <message>
   <source>Neither an edit nor a run changes it until it is unlocked</source>
   <translation>Weder eine Bearbeitung noch ein Lauf ändert sie, bis sie entsperrt wird</translation>
  </message>
  <message>
   <source>New track</source>
   <translation>Neue Spur</translation>
  </message>
  <message>
   <source>Next bookmark</source>
   <translation>Nächstes Lesezeichen</translation>
  </message>
  <message>
   <source>Next doubtful frame</source>
   <translation>Nächstes zweifelhaftes Bild</translation>
  </message>
  <message>
   <source>Next frame</source>
   <translation>Nächstes Bild</translation>
  </message>
  <message>
   <source>Next keyframe</source>
   <translation>Nächstes Schlüsselbild</translation>
  </message>
  <message>
   <source>Next sequence</source>
   <translation>Nächste Sequenz</translation>
  </message>
  <message>
   <source>Next track</source>
   <translation>Nächste Spur</translation>
  </message>
  <message>
   <source>No range</source>
   <translation>Kein Bereich</translation>
  </message>
  <message>
   <source>Note on sequence…</source>
   <translation>Notiz zur Sequenz…</translation>
  </message>
  <message>
   <source>Occluded from here</source>
   <translation>Ab hier verdeckt</translation>
  </message>
  <message>
   <source>One frame back</source>
   <translation>Ein Bild zurück</translation>
  </message>
  <message>
   <source>One frame on</source>
   <translation>Ein Bild weiter</translation>
  </message>
  <message>
   <source>One more folder of images in this project</source>
   <translation>Ein weiterer Bildordner in diesem Projekt</translation>
  </message>
  <message>
   <source>One more track like this one</source>
   <translation>Noch eine Spur wie diese</translation>
  </message>
  <message>
   <source>One or more further videos in this project</source>
   <translation>Ein oder mehrere weitere Videos in diesem Projekt</translation>
  </message>
  <message>
   <source>One picture pixel on one screen pixel</source>
   <translation>Ein Bildpixel auf einem Bildschirmpixel</translation>
  </message>
  <message>
   <source>Only the selected track</source>
   <translation>Nur die gewählte Spur</translation>
  </message>
  <message>
   <source>Open a .dimple project file</source>
   <translation>Eine .dimple-Projektdatei öffnen</translation>
  </message>
  <message>
   <source>Open a folder of numbered images as one sequence</source>
   <translation>Einen Ordner nummerierter Bilder als eine Sequenz öffnen</translation>
  </message>
  <message>
   <source>Open a video; its project is made beside it, or reopened</source>
   <translation>Ein Video öffnen; sein Projekt entsteht daneben oder wird wieder geöffnet</translation>
  </message>
  <message>
   <source>Open image folder…</source>
   <translation>Bildordner öffnen…</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>Open video…</source>
   <translation>Video öffnen…</translation>
  </message>
  <message>
   <source>Outside from here</source>
   <translation>Ab hier außerhalb</translation>
  </message>
  <message>
   <source>Paint this track one place higher</source>
   <translation>Diese Spur einen Platz weiter vorn zeichnen</translation>
  </message>
  <message>
   <source>Paint this track one place lower</source>
   <translation>Diese Spur einen Platz weiter hinten zeichnen</translation>
  </message>
  <message>
   <source>Panel behind this one</source>
   <translation>Bereich dahinter</translation>
  </message>
  <message>
   <source>Paste box</source>
   <translation>Box einfügen</translation>
  </message>
  <message>
   <source>Pixel grid</source>
   <translation>Pixelraster</translation>
  </message>
  <message>
   <source>Play backward</source>
   <translation>Rückwärts abspielen</translation>
  </message>
  <message>
   <source>Play backward; pressed again, faster</source>
   <translation>Rückwärts abspielen; noch einmal: schneller</translation>
  </message>
  <message>
   <source>Play forward; pressed again, faster</source>
   <translation>Vorwärts abspielen; noch einmal: schneller</translation>
  </message>
  <message>
   <source>Play or pause</source>
   <translation>Abspielen oder Pause</translation>
  </message>
  <message>
   <source>Play slower</source>
   <translation>Langsamer abspielen</translation>
  </message>
  <message>
   <source>Play the chosen frames</source>
   <translation>Die gewählten Bilder abspielen</translation>
  </message>
  <message>
   <source>Play the range</source>
   <translation>Bereich abspielen</translation>
  </message>
  <message>
   <source>Play, faster</source>
   <translation>Abspielen, schneller</translation>
  </message>
  <message>
   <source>Play; pauses and resumes a run</source>
   <translation>Abspielen; hält einen Lauf an und setzt ihn fort</translation>
  </message>
  <message>
   <source>Preferences…</source>
   <translation>Einstellungen…</translation>
  </message>
  <message>
   <source>Previous bookmark</source>
   <translation>Voriges Lesezeichen</translation>
  </message>
  <message>
   <source>Previous doubtful frame</source>
   <translation>Voriges zweifelhaftes Bild</translation>
  </message>
  <message>
   <source>Previous frame</source>
   <translation>Voriges Bild</translation>
  </message>
  <message>
   <source>Previous keyframe</source>
   <translation>Voriges Schlüsselbild</translation>
  </message>
  <message>
   <source>Previous sequence</source>
   <translation>Vorige Sequenz</translation>
  </message>
  <message>
   <source>Previous track</source>
   <translation>Vorige Spur</translation>
  </message>
  <message>
   <source>Propagate backward</source>
   <translation>Rückwärts verfolgen</translation>
  </message>
  <message>
   <source>Propagate both ways</source>
   <translation>In beide Richtungen verfolgen</translation>
  </message>
  <message>
   <source>Propagate forward</source>
   <translation>Vorwärts verfolgen</translation>
  </message>
  <message>
   <source>Propagate within the range</source>
   <translation>Im Bereich verfolgen</translation>
  </message>
  <message>
   <source>Propagate…</source>
   <translation>Verfolgen…</translation>
  </message>
  <message>
   <source>Put all panels back in their places</source>
   <translation>Alle Bereiche an ihren Platz zurück</translation>
  </message>
  <message>
   <source>Put the box here that this track had last; without a track, one like the last drawn</source>
   <translation>Die letzte Box dieser Spur hierher setzen; ohne Spur eine wie die zuletzt gezeichnete</translation>
  </message>
  <message>
   <source>Put the boxes of all tracks on the picture again, hidden ones, too</source>
   <translation>Die Boxen aller Spuren wieder im Bild zeigen, auch ausgeblendeter</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Raise</source>
   <translation>Nach vorn</translation>
  </message>
  <message>
   <source>Range begins here</source>
   <translation>Bereich beginnt hier</translation>
  </message>
  <message>
   <source>Range ends here</source>
   <translation>Bereich endet hier</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Remember this box</source>
   <translation>Diese Box merken</translation>
  </message>
  <message>
   <source>Remove sequence from project</source>
   <translation>Sequenz aus dem Projekt entfernen</translation>
  </message>
  <message>
   <source>Reset layout</source>
   <translation>Anordnung zurücksetzen</translation>
  </message>
  <message>
   <source>Resize box</source>
   <translation>Boxgröße ändern</translation>
  </message>
  <message>
   <source>Restore a backup…</source>
   <translation>Sicherung wiederherstellen…</translation>
  </message>
  <message>
   <source>Runs carry all tracks</source>
   <translation>Läufe verfolgen alle Spuren</translation>
  </message>
  <message>
   <source>Runs stop for nothing; doubtful frames are only listed for review</source>
   <translation>Läufe halten nie an; zweifelhafte Bilder werden nur zur Prüfung aufgeführt</translation>
  </message>
  <message>
   <source>Same box again</source>
   <translation>Gleiche Box noch einmal</translation>
  </message>
  <message>
   <source>Save a copy…</source>
   <translation>Kopie speichern…</translation>
  </message>
  <message>
   <source>See more of the picture</source>
   <translation>Mehr vom Bild sehen</translation>
  </message>
  <message>
   <source>Select the next track</source>
   <translation>Die nächste Spur wählen</translation>
  </message>
  <message>
   <source>Select the previous track</source>
   <translation>Die vorige Spur wählen</translation>
  </message>
  <message>
   <source>Sequence is done</source>
   <translation>Sequenz ist fertig</translation>
  </message>
  <message>
   <source>Set a bookmark on this frame, or take it away</source>
   <translation>Auf diesem Bild ein Lesezeichen setzen oder entfernen</translation>
  </message>
  <message>
   <source>Set the remembered box on this frame</source>
   <translation>Die gemerkte Box auf diesem Bild setzen</translation>
  </message>
  <message>
   <source>Set this box on the next frames, too; what you have set there stays</source>
   <translation>Diese Box auch auf den nächsten Bildern setzen; was Sie dort gesetzt haben, bleibt</translation>
  </message>
  <message>
   <source>Show all frames in the timeline</source>
   <translation>Alle Bilder in der Zeitleiste zeigen</translation>
  </message>
  <message>
   <source>Show all keys</source>
   <translation>Alle Tasten zeigen</translation>
  </message>
  <message>
   <source>Show all tracks</source>
   <translation>Alle Spuren zeigen</translation>
  </message>
  <message>
   <source>Show the whole picture</source>
   <translation>Das ganze Bild zeigen</translation>
  </message>
  <message>
   <source>Show where the box was on the keyframe before, will be on the next, and where another run found it</source>
   <translation>Zeigen, wo die Box auf dem Schlüsselbild davor war, auf dem nächsten sein wird und wo ein anderer Lauf sie fand</translation>
  </message>
  <message>
   <source>Show where the tracker sees the object</source>
   <translation>Zeigen, wo der Tracker das Objekt sieht</translation>
  </message>
  <message>
   <source>Some frames backward</source>
   <translation>Einige Bilder rückwärts</translation>
  </message>
  <message>
   <source>Some frames forward</source>
   <translation>Einige Bilder vorwärts</translation>
  </message>
  <message>
   <source>Split here</source>
   <translation>Hier teilen</translation>
  </message>
  <message>
   <source>Stay on this frame</source>
   <translation>Auf diesem Bild bleiben</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop playing</source>
   <translation>Abspielen anhalten</translation>
  </message>
  <message>
   <source>Straight line in this gap</source>
   <translation>Gerade in dieser Lücke</translation>
  </message>
  <message>
   <source>Swap from here on with…</source>
   <translation>Ab hier tauschen mit…</translation>
  </message>
  <message>
   <source>Take another track into this one; shows first where both have boxes</source>
   <translation>Eine andere Spur in diese aufnehmen; zeigt zuerst, wo beide Boxen haben</translation>
  </message>
  <message>
   <source>Take boxes of another tool into this project; first see what they are</source>
   <translation>Boxen eines anderen Programms in dieses Projekt holen; zuerst sehen, was sie sind</translation>
  </message>
  <message>
   <source>Take everything of this track away from this frame on</source>
   <translation>Alles von dieser Spur ab diesem Bild entfernen</translation>
  </message>
  <message>
   <source>Take its boxes off the picture, or put them back; they stay in the project</source>
   <translation>Ihre Boxen aus dem Bild nehmen oder wieder zeigen; im Projekt bleiben sie</translation>
  </message>
  <message>
   <source>Take the boxes of all other tracks off the picture while the selected one is worked on</source>
   <translation>Die Boxen aller anderen Spuren aus dem Bild nehmen, solange an der gewählten gearbeitet wird</translation>
  </message>
  <message>
   <source>Take the last edit, correction or run back</source>
   <translation>Die letzte Änderung, Korrektur oder den letzten Lauf zurücknehmen</translation>
  </message>
  <message>
   <source>Take the selected track's tracked boxes off the chosen frames; keyframes stay</source>
   <translation>Die verfolgten Boxen der gewählten Spur von den gewählten Bildern nehmen; Schlüsselbilder bleiben</translation>
  </message>
  <message>
   <source>Take the video and its tracks out of the project; its file stays</source>
   <translation>Das Video und seine Spuren aus dem Projekt nehmen; die Datei bleibt</translation>
  </message>
  <message>
   <source>Take the whole track away, on all frames</source>
   <translation>Die ganze Spur entfernen, auf allen Bildern</translation>
  </message>
  <message>
   <source>Take what you set off this frame; where you set nothing, the tracked box</source>
   <translation>Von diesem Bild nehmen, was Sie gesetzt haben; wo nichts gesetzt ist, die verfolgte Box</translation>
  </message>
  <message>
   <source>Ten frames back</source>
   <translation>Zehn Bilder zurück</translation>
  </message>
  <message>
   <source>Ten frames on</source>
   <translation>Zehn Bilder weiter</translation>
  </message>
  <message>
   <source>The box is right as it is; “Confirm box and go on” does the same on a frame of the list</source>
   <translation>Die Box stimmt, wie sie ist; „Box bestätigen und weiter“ tut auf einem Bild der Liste dasselbe</translation>
  </message>
  <message>
   <source>The first steps on the sample clip, in five bubbles</source>
   <translation>Die ersten Schritte am Beispielvideo, in fünf Sprechblasen</translation>
  </message>
  <message>
   <source>The object is not in the picture from this frame on; once more: it is back from here</source>
   <translation>Das Objekt ist ab diesem Bild nicht zu sehen; noch einmal: ab hier ist es zurück</translation>
  </message>
  <message>
   <source>The object is partly hidden from this frame to the next keyframe, or no longer</source>
   <translation>Das Objekt ist von hier bis zum nächsten Schlüsselbild teils verdeckt, oder nicht mehr</translation>
  </message>
  <message>
   <source>The same the other way round</source>
   <translation>Dasselbe in der anderen Richtung</translation>
  </message>
  <message>
   <source>The tracker learns this box and the run goes on</source>
   <translation>Der Tracker lernt diese Box, und der Lauf geht weiter</translation>
  </message>
  <message>
   <source>Theme, language, labels, model, keys</source>
   <translation>Design, Sprache, Beschriftung, Modell, Tasten</translation>
  </message>
  <message>
   <source>Timeline: whole sequence</source>
   <translation>Zeitleiste: ganze Sequenz</translation>
  </message>
  <message>
   <source>Timeline: zoom to the range</source>
   <translation>Zeitleiste: auf den Bereich zoomen</translation>
  </message>
  <message>
   <source>To the beginning</source>
   <translation>Zum Anfang</translation>
  </message>
  <message>
   <source>To the bookmarked frame before</source>
   <translation>Zum Lesezeichen davor</translation>
  </message>
  <message>
   <source>To the end</source>
   <translation>Bis zum Ende</translation>
  </message>
  <message>
   <source>To the frame before that you set a box on</source>
   <translation>Zum vorigen Bild, auf dem Sie eine Box gesetzt haben</translation>
  </message>
  <message>
   <source>To the frame halfway between the keyframes round this one: where a box helps most</source>
   <translation>Zum Bild auf halbem Weg zwischen den Schlüsselbildern um dieses: wo eine Box am meisten hilft</translation>
  </message>
  <message>
   <source>To the most doubtful frame that is left, then down the list</source>
   <translation>Zum zweifelhaftesten Bild, das noch übrig ist, dann die Liste hinab</translation>
  </message>
  <message>
   <source>To the next bookmarked frame</source>
   <translation>Zum nächsten Lesezeichen</translation>
  </message>
  <message>
   <source>To the next frame you set a box on</source>
   <translation>Zum nächsten Bild, auf dem Sie eine Box gesetzt haben</translation>
  </message>
  <message>
   <source>To the next keyframe</source>
   <translation>Bis zum nächsten Schlüsselbild</translation>
  </message>
  <message>
   <source>To the next video or image folder of the project</source>
   <translation>Zum nächsten Video oder Bildordner des Projekts</translation>
  </message>
  <message>
   <source>To the previous keyframe</source>
   <translation>Bis zum vorigen Schlüsselbild</translation>
  </message>
  <message>
   <source>To the video or image folder before</source>
   <translation>Zum Video oder Bildordner davor</translation>
  </message>
  <message>
   <source>Tour</source>
   <translation>Rundgang</translation>
  </message>
  <message>
   <source>Track between two keyframes from both of them and join where the two agree</source>
   <translation>Zwischen zwei Schlüsselbildern von beiden aus verfolgen und verbinden, wo sie übereinstimmen</translation>
  </message>
  <message>
   <source>Two objects were mixed up: exchange their boxes from this frame on</source>
   <translation>Zwei Objekte wurden verwechselt: ihre Boxen ab diesem Bild tauschen</translation>
  </message>
  <message>
   <source>Type a name for the selected track; Enter goes back to the picture</source>
   <translation>Einen Namen für die gewählte Spur eingeben; die Eingabetaste führt zum Bild zurück</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Unlock all tracks</source>
   <translation>Alle Spuren entsperren</translation>
  </message>
  <message>
   <source>Up the list of doubtful frames</source>
   <translation>Die Liste zweifelhafter Bilder hinauf</translation>
  </message>
  <message>
   <source>Version, licences, log file</source>
   <translation>Version, Lizenzen, Protokolldatei</translation>
  </message>
  <message>
   <source>What the labels have cost: boxes, corrections, minutes; as a table</source>
   <translation>Was die Beschriftung gekostet hat: Boxen, Korrekturen, Minuten; als Tabelle</translation>
  </message>
  <message>
   <source>Which boxes say what they are; once more for the next choice</source>
   <translation>Welche Boxen beschriftet sind; noch einmal für die nächste Wahl</translation>
  </message>
  <message>
   <source>Work in a panel without the mouse; Esc goes back to the picture</source>
   <translation>Ohne Maus in einem Bereich arbeiten; Esc führt zum Bild zurück</translation>
  </message>
  <message>
   <source>Write down something about the video on the screen</source>
   <translation>Etwas über das gezeigte Video aufschreiben</translation>
  </message>
  <message>
   <source>Write the boxes as COCO, MOTChallenge and other formats</source>
   <translation>Die Boxen als COCO, MOTChallenge und andere Formate schreiben</translation>
  </message>
  <message>
   <source>Write the boxes of the chosen frames</source>
   <translation>Die Boxen der gewählten Bilder schreiben</translation>
  </message>
  <message>
   <source>Write the project as it is now to another file, and go on in this one</source>
   <translation>Das Projekt, wie es ist, in eine andere Datei schreiben und in dieser weiterarbeiten</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Zoom to the box</source>
   <translation>Auf die Box zoomen</translation>
  </message>
  <message>
   <source>Zoomed in, the picture moves so that the selected box stays in sight</source>
   <translation>Vergrößert bewegt sich das Bild so, dass die gewählte Box sichtbar bleibt</translation>
  </message>
 </context>
 <context>
  <name>AdditionsPage</name>
  <message>
   <source>Carry an object on by its movement while something hides it</source>
   <translation>Ein Objekt, das verdeckt wird, nach seiner Bewegung weiterführen</translation>
  </message>
  <message>
   <source>Carry the size along with how the picture moves</source>
   <translation>Die Größe mit der Bewegung im Bild mitführen</translation>
  </message>
  <message>
   <source>Doubt jumps away from where the picture moved</source>
   <translation>Sprünge anzweifeln, die der Bewegung im Bild widersprechen</translation>
  </message>
  <message>
   <source>Fit the edges of boxes to yours</source>
   <translation>Die Ränder der Boxen an Ihre anpassen</translation>
  </message>
  <message>
   <source>Learn how fast the size changes</source>
   <translation>Lernen, wie schnell sich die Größe ändert</translation>
  </message>
  <message>
   <source>Learn what a wrong box was on as background</source>
   <translation>Worauf eine falsche Box lag, als Hintergrund lernen</translation>
  </message>
  <message>
   <source>Never let corrections fade from the memory</source>
   <translation>Korrekturen im Gedächtnis nie verblassen lassen</translation>
  </message>
  <message>
   <source>Search all of the picture for a lost object</source>
   <translation>Ein verlorenes Objekt im ganzen Bild suchen</translation>
  </message>
  <message>
   <source>Stay near the last place when look-alikes score higher</source>
   <translation>Nahe beim letzten Ort bleiben, wenn Ähnliches besser abschneidet</translation>
  </message>
  <message>
   <source>What the tracker has beside the published one, which knows nothing of corrections. Taken up by the next run. Models published by the authors of DiMP run as published.</source>
   <translation>Was der Tracker neben dem veröffentlichten hat, der keine Korrekturen kennt. Gilt ab dem nächsten Lauf. Von den Autoren von DiMP veröffentlichte Modelle laufen wie veröffentlicht.</translation>
  </message>
  <message>
   <source>When you draw or correct a box</source>
   <translation>Wenn Sie eine Box zeichnen oder korrigieren</translation>
  </message>
  <message>
   <source>While it tracks</source>
   <translation>Beim Verfolgen</translation>
  </message>
 </context>
 <context>
  <name>AppearancePage</name>
  <message>
   <source>0, as in most exported files</source>
   <translation>0, wie in den meisten Exporten</translation>
  </message>
  <message>
   <source>1</source>
   <translation>1</translation>
  </message>
  <message>
   <source>Another language is spoken from the next start on.</source>
   <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>First frame is number</source>
   <translation>Das erste Bild hat Nummer</translation>
  </message>
  <message>
   <source>Heat-map</source>
   <translation>Heatmap</translation>
  </message>
  <message>
   <source>Labels on the picture</source>
   <translation>Beschriftung im Bild</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <source>Opacity of the heat-map</source>
   <translation>Deckkraft der Heatmap</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Design</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>With</source>
   <translation>Mit</translation>
  </message>
 </context>
 <context>
  <name>Arrangement</name>
  <message>
   <source>Panels</source>
   <translation>Bereiche</translation>
  </message>
 </context>
 <context>
  <name>AttributeEditor</name>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>All categories</source>
   <translation>Alle Kategorien</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Edit attribute</source>
   <translation>Merkmal bearbeiten</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Of</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Values that will be lost, until it is undone: {0}</source>
   <translation>Werte, die verloren gehen, bis es rückgängig gemacht wird: {0}</translation>
  </message>
  <message>
   <source>Words to choose from</source>
   <translation>Wörter zur Wahl</translation>
  </message>
  <message>
   <source>Words to choose from; F2 or a double click renames one</source>
   <translation>Wörter zur Wahl; F2 oder ein Doppelklick benennt eines um</translation>
  </message>
  <message>
   <source>new</source>
   <translation>neu</translation>
  </message>
 </context>
 <context>
  <name>AttributeFields</name>
  <message>
   <source>Not set</source>
   <translation>Nicht gesetzt</translation>
  </message>
  <message>
   <source>from this frame on</source>
   <translation>ab diesem Bild</translation>
  </message>
  <message>
   <source>on all frames</source>
   <translation>auf allen Bildern</translation>
  </message>
  <message>
   <source>“{0}” is a number, what was typed is none: the value stays.</source>
   <translation>„{0}“ ist eine Zahl, die Eingabe ist keine: Der Wert bleibt.</translation>
  </message>
 </context>
 <context>
  <name>AttributesDialog</name>
  <message>
   <source>All categories</source>
   <translation>Alle Kategorien</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Merkmale</translation>
  </message>
  <message>
   <source>Attributes and categories</source>
   <translation>Merkmale und Kategorien</translation>
  </message>
  <message>
   <source>Attributes of the project</source>
   <translation>Merkmale des Projekts</translation>
  </message>
  <message>
   <source>Categories</source>
   <translation>Kategorien</translation>
  </message>
  <message>
   <source>Categories of the project</source>
   <translation>Kategorien des Projekts</translation>
  </message>
  <message>
   <source>Category to merge into</source>
   <translation>Kategorie, in die vereint wird</translation>
  </message>
  <message>
   <source>Choices</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Define attribute</source>
   <translation>Merkmal festlegen</translation>
  </message>
  <message>
   <source>Double-click a category in the Inspector to rename it.</source>
   <translation>Ein Doppelklick auf eine Kategorie im Inspektor benennt sie um.</translation>
  </message>
  <message>
   <source>Edit…</source>
   <translation>Bearbeiten…</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>May change from frame to frame</source>
   <translation>Darf sich von Bild zu Bild ändern</translation>
  </message>
  <message>
   <source>Merge into</source>
   <translation>Vereinen in</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No attributes yet: describe one below.</source>
   <translation>Noch keine Merkmale: Beschreiben Sie unten eines.</translation>
  </message>
  <message>
   <source>No categories yet: add one in the Inspector.</source>
   <translation>Noch keine Kategorien: Fügen Sie im Inspektor eine hinzu.</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Zahl</translation>
  </message>
  <message>
   <source>Of</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>One of several words</source>
   <translation>Eines von mehreren Wörtern</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Removed; values lost: {0}. Undo brings all back.</source>
   <translation>Entfernt; verlorene Werte: {0}. Rückgängig bringt alles zurück.</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Yes or no</source>
   <translation>Ja oder nein</translation>
  </message>
  <message>
   <source>colour, damaged, licence plate…</source>
   <translation>Farbe, beschädigt, Kennzeichen…</translation>
  </message>
  <message>
   <source>per frame</source>
   <translation>je Bild</translation>
  </message>
  <message>
   <source>red, green, blue</source>
   <translation>rot, grün, blau</translation>
  </message>
  <message>
   <source>{0}  ·  tracks: {1}</source>
   <translation>{0}  ·  Spuren: {1}</translation>
  </message>
 </context>
 <context>
  <name>Banner</name>
  <message>
   <source>Close message</source>
   <translation>Meldung schließen</translation>
  </message>
 </context>
 <context>
  <name>BoxExchange</name>
  <message>
   <source>Exported to {0}.</source>
   <translation>Nach {0} exportiert.</translation>
  </message>
 </context>
 <context>
  <name>BoxState</name>
  <message>
   <source>No track selected</source>
   <translation>Keine Spur gewählt</translation>
  </message>
  <message>
   <source>no box here</source>
   <translation>hier keine Box</translation>
  </message>
  <message>
   <source>on a straight line</source>
   <translation>auf einer Geraden</translation>
  </message>
  <message>
   <source>outside</source>
   <translation>außerhalb</translation>
  </message>
  <message>
   <source>score {0:.2f}  ·  {1}</source>
   <translation>Wert {0:.2f}  ·  {1}</translation>
  </message>
  <message>
   <source>set by you</source>
   <translation>von Ihnen gesetzt</translation>
  </message>
  <message>
   <source>set by you: outside</source>
   <translation>von Ihnen gesetzt: außerhalb</translation>
  </message>
 </context>
 <context>
  <name>Category</name>
  <message>
   <source>object</source>
   <translation>Objekt</translation>
  </message>
 </context>
 <context>
  <name>CategoryList</name>
  <message>
   <source>Add</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>Double click renames, right click colours it</source>
   <translation>Doppelklick benennt um, Rechtsklick färbt</translation>
  </message>
  <message>
   <source>Key {0}</source>
   <translation>Taste {0}</translation>
  </message>
  <message>
   <source>Name of a new category</source>
   <translation>Name einer neuen Kategorie</translation>
  </message>
  <message>
   <source>New category</source>
   <translation>Neue Kategorie</translation>
  </message>
  <message>
   <source>Press {0} to choose it</source>
   <translation>{0} drücken wählt sie</translation>
  </message>
 </context>
 <context>
  <name>ColourMenu</name>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colour of the category</source>
   <translation>Farbe der Kategorie</translation>
  </message>
  <message>
   <source>Each track its own colour</source>
   <translation>Jede Spur in eigener Farbe</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Grau</translation>
  </message>
  <message>
   <source>Orange</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>Other colour…</source>
   <translation>Andere Farbe…</translation>
  </message>
  <message>
   <source>Pink</source>
   <translation>Rosa</translation>
  </message>
  <message>
   <source>Sky blue</source>
   <translation>Himmelblau</translation>
  </message>
  <message>
   <source>Vermilion</source>
   <translation>Zinnober</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Gelb</translation>
  </message>
 </context>
 <context>
  <name>CommandPalette</name>
  <message>
   <source>Actions found</source>
   <translation>Gefundene Aktionen</translation>
  </message>
  <message>
   <source>Command palette</source>
   <translation>Befehlspalette</translation>
  </message>
  <message>
   <source>Nothing is called like that. Try another word.</source>
   <translation>So heißt nichts. Versuchen Sie ein anderes Wort.</translation>
  </message>
  <message>
   <source>Search all actions</source>
   <translation>Alle Aktionen durchsuchen</translation>
  </message>
  <message>
   <source>Type what you want to do</source>
   <translation>Schreiben Sie, was Sie tun möchten</translation>
  </message>
  <message>
   <source>Up and down choose, Enter runs, Esc leaves. Grey: makes no sense at this moment.</source>
   <translation>Auf und ab wählen, Eingabe führt aus, Esc verlässt. Grau: ergibt gerade keinen Sinn.</translation>
  </message>
 </context>
 <context>
  <name>Commands</name>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Add category</source>
   <translation>Kategorie hinzufügen</translation>
  </message>
  <message>
   <source>Add track</source>
   <translation>Spur hinzufügen</translation>
  </message>
  <message>
   <source>Change attribute</source>
   <translation>Merkmal ändern</translation>
  </message>
  <message>
   <source>Change number</source>
   <translation>Nummer ändern</translation>
  </message>
  <message>
   <source>Colour of category</source>
   <translation>Farbe der Kategorie</translation>
  </message>
  <message>
   <source>Copy box to next frames</source>
   <translation>Box auf nächste Bilder kopieren</translation>
  </message>
  <message>
   <source>Define attribute</source>
   <translation>Merkmal festlegen</translation>
  </message>
  <message>
   <source>Delete box</source>
   <translation>Box löschen</translation>
  </message>
  <message>
   <source>Delete from here on</source>
   <translation>Ab hier löschen</translation>
  </message>
  <message>
   <source>Delete keyframe</source>
   <translation>Schlüsselbild löschen</translation>
  </message>
  <message>
   <source>Duplicate track</source>
   <translation>Spur verdoppeln</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>Interpolate gap</source>
   <translation>Gerade in Lücke</translation>
  </message>
  <message>
   <source>Learn from frame</source>
   <translation>Aus Bild lernen</translation>
  </message>
  <message>
   <source>Lower track</source>
   <translation>Spur nach hinten</translation>
  </message>
  <message>
   <source>Merge categories</source>
   <translation>Kategorien vereinen</translation>
  </message>
  <message>
   <source>Merge tracks</source>
   <translation>Spuren vereinen</translation>
  </message>
  <message>
   <source>Outside where it was lost</source>
   <translation>Außerhalb, wo es verloren war</translation>
  </message>
  <message>
   <source>Propagate</source>
   <translation>Verfolgen</translation>
  </message>
  <message>
   <source>Raise track</source>
   <translation>Spur nach vorn</translation>
  </message>
  <message>
   <source>Remove attribute</source>
   <translation>Merkmal entfernen</translation>
  </message>
  <message>
   <source>Remove bookmark</source>
   <translation>Lesezeichen entfernen</translation>
  </message>
  <message>
   <source>Remove category</source>
   <translation>Kategorie entfernen</translation>
  </message>
  <message>
   <source>Remove sequence</source>
   <translation>Sequenz entfernen</translation>
  </message>
  <message>
   <source>Remove track</source>
   <translation>Spur entfernen</translation>
  </message>
  <message>
   <source>Rename category</source>
   <translation>Kategorie umbenennen</translation>
  </message>
  <message>
   <source>Rename track</source>
   <translation>Spur umbenennen</translation>
  </message>
  <message>
   <source>Set attribute</source>
   <translation>Merkmal setzen</translation>
  </message>
  <message>
   <source>Set bookmark</source>
   <translation>Lesezeichen setzen</translation>
  </message>
  <message>
   <source>Set category</source>
   <translation>Kategorie setzen</translation>
  </message>
  <message>
   <source>Set state of sequence</source>
   <translation>Stand der Sequenz setzen</translation>
  </message>
  <message>
   <source>Show tracked boxes in gap</source>
   <translation>Verfolgte Boxen in Lücke zeigen</translation>
  </message>
  <message>
   <source>Split track</source>
   <translation>Spur teilen</translation>
  </message>
  <message>
   <source>Swap tracks from here on</source>
   <translation>Spuren ab hier tauschen</translation>
  </message>
  <message>
   <source>Take out of memory</source>
   <translation>Aus dem Gedächtnis nehmen</translation>
  </message>
  <message>
   <source>Write note</source>
   <translation>Notiz schreiben</translation>
  </message>
 </context>
 <context>
  <name>ConfidenceCurve</name>
  <message>
   <source>Confidence</source>
   <translation>Sicherheit</translation>
  </message>
  <message>
   <source>Confidence curve of the selected track</source>
   <translation>Sicherheitskurve der gewählten Spur</translation>
  </message>
  <message>
   <source>Doubtful under {0:.2f}: drag to change</source>
   <translation>Zweifelhaft unter {0:.2f}: ziehen zum Ändern</translation>
  </message>
  <message>
   <source>Frame {0}: {1}</source>
   <translation>Bild {0}: {1}</translation>
  </message>
  <message>
   <source>no tracked box</source>
   <translation>keine verfolgte Box</translation>
  </message>
  <message>
   <source>score {0:.2f}</source>
   <translation>Wert {0:.2f}</translation>
  </message>
 </context>
 <context>
  <name>CrashReportDialog</name>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Crash report</source>
   <translation>Absturzbericht</translation>
  </message>
  <message>
   <source>DiMPLE ended unexpectedly</source>
   <translation>DiMPLE wurde unerwartet beendet</translation>
  </message>
  <message>
   <source>DiMPLE ended unexpectedly the last time. Your work up to then is in the project. Nothing has been sent to anybody: if you want this mended, copy the report and send it yourself. It is kept in {0}.</source>
   <translation>DiMPLE wurde beim letzten Mal unerwartet beendet. Ihre Arbeit bis dahin ist im Projekt. Es wurde nichts verschickt: Soll das behoben werden, kopieren Sie den Bericht und senden Sie ihn selbst. Er liegt in {0}.</translation>
  </message>
 </context>
 <context>
  <name>CrashReporter</name>
  <message>
   <source>Something went wrong inside DiMPLE ({0}). Your work is saved and you can go on; please send the log file: {1}</source>
   <translation>In DiMPLE ist etwas schiefgegangen ({0}). Ihre Arbeit ist gespeichert, und Sie können weitermachen; bitte schicken Sie die Protokolldatei: {1}</translation>
  </message>
 </context>
 <context>
  <name>Editing</name>
  <message>
   <source>Add track</source>
   <translation>Spur hinzufügen</translation>
  </message>
  <message>
   <source>No category has the key {0} yet: add one in the Inspector.</source>
   <translation>Noch keine Kategorie hat die Taste {0}: Legen Sie im Inspektor eine an.</translation>
  </message>
  <message>
   <source>There is no keyframe of this track after frame {0}.</source>
   <translation>Diese Spur hat nach Bild {0} kein Schlüsselbild.</translation>
  </message>
  <message>
   <source>There is no keyframe of this track before frame {0}.</source>
   <translation>Diese Spur hat vor Bild {0} kein Schlüsselbild.</translation>
  </message>
  <message>
   <source>This track has no box yet that could be put here: press {0} and draw one.</source>
   <translation>Diese Spur hat noch keine Box, die hierher könnte: Drücken Sie {0} und zeichnen Sie eine.</translation>
  </message>
 </context>
 <context>
  <name>EffortDialog</name>
  <message>
   <source>Accepted</source>
   <translation>Für gut befunden</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Boxen</translation>
  </message>
  <message>
   <source>Corrected</source>
   <translation>Korrigiert</translation>
  </message>
  <message>
   <source>Corrections count once for each object and frame. Pauses of over a minute are no work. Undo takes nothing back: the work was done.</source>
   <translation>Korrekturen zählen einmal je Objekt und Bild. Pausen von über einer Minute sind keine Arbeit. Rückgängig nimmt nichts zurück: Die Arbeit wurde getan.</translation>
  </message>
  <message>
   <source>Drawn</source>
   <translation>Gezeichnet</translation>
  </message>
  <message>
   <source>Effort</source>
   <translation>Aufwand</translation>
  </message>
  <message>
   <source>Effort of each sequence</source>
   <translation>Aufwand jeder Sequenz</translation>
  </message>
  <message>
   <source>Export as CSV…</source>
   <translation>Als CSV exportieren…</translation>
  </message>
  <message>
   <source>Export effort</source>
   <translation>Aufwand exportieren</translation>
  </message>
  <message>
   <source>Per 1000 boxes</source>
   <translation>Je 1000 Boxen</translation>
  </message>
  <message>
   <source>Sequence</source>
   <translation>Sequenz</translation>
  </message>
  <message>
   <source>Tables (*.csv)</source>
   <translation>Tabellen (*.csv)</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Time per 1000</source>
   <translation>Zeit je 1000</translation>
  </message>
  <message>
   <source>Whole project</source>
   <translation>Ganzes Projekt</translation>
  </message>
  <message>
   <source>Written to {0}.</source>
   <translation>Nach {0} geschrieben.</translation>
  </message>
 </context>
 <context>
  <name>ExportChoices</name>
  <message>
   <source>All {0}</source>
   <translation>Alle {0}</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Boxen</translation>
  </message>
  <message>
   <source>Every n-th frame</source>
   <translation>Jedes n-te Bild</translation>
  </message>
  <message>
   <source>First frame</source>
   <translation>Erstes Bild</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Last frame</source>
   <translation>Letztes Bild</translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Weglassen</translation>
  </message>
  <message>
   <source>On every frame</source>
   <translation>Auf jedem Bild</translation>
  </message>
  <message>
   <source>Only those I have set</source>
   <translation>Nur von mir gesetzte</translation>
  </message>
  <message>
   <source>Only “{0}”</source>
   <translation>Nur „{0}“</translation>
  </message>
  <message>
   <source>Percent for test</source>
   <translation>Prozent für Test</translation>
  </message>
  <message>
   <source>Percent for validation</source>
   <translation>Prozent für Validierung</translation>
  </message>
  <message>
   <source>Sequences</source>
   <translation>Sequenzen</translation>
  </message>
  <message>
   <source>Set sequences aside</source>
   <translation>Sequenzen beiseitelegen</translation>
  </message>
  <message>
   <source>Smallest score</source>
   <translation>Kleinster Wert</translation>
  </message>
  <message>
   <source>Smallest visible share</source>
   <translation>Kleinster sichtbarer Anteil</translation>
  </message>
  <message>
   <source>Track {0}</source>
   <translation>Spur {0}</translation>
  </message>
  <message>
   <source>Tracks</source>
   <translation>Spuren</translation>
  </message>
  <message>
   <source>Write the frames as pictures too</source>
   <translation>Die Bilder selbst auch schreiben</translation>
  </message>
  <message>
   <source>Write the tracker's confidence as score</source>
   <translation>Die Sicherheit des Trackers als Wert schreiben</translation>
  </message>
  <message>
   <source>every</source>
   <translation>jedes</translation>
  </message>
  <message>
   <source>for test</source>
   <translation>für Test</translation>
  </message>
  <message>
   <source>for validation</source>
   <translation>für Validierung</translation>
  </message>
  <message>
   <source>score less than</source>
   <translation>Wert unter</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
  <message>
   <source>visible less than</source>
   <translation>sichtbar unter</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>Browse…</source>
   <translation>Durchsuchen…</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>File or folder to write</source>
   <translation>Zu schreibende Datei oder Ordner</translation>
  </message>
  <message>
   <source>File to write</source>
   <translation>Zu schreibende Datei</translation>
  </message>
  <message>
   <source>Folder to write into</source>
   <translation>Ordner zum Schreiben</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Nothing is lost.</source>
   <translation>Nichts geht verloren.</translation>
  </message>
  <message>
   <source>The export was cancelled: what was there before is unchanged.</source>
   <translation>Der Export wurde abgebrochen: Was vorher da war, ist unverändert.</translation>
  </message>
  <message>
   <source>Tracks to be written: {0}, on frames: {1}.</source>
   <translation>Zu schreibende Spuren: {0}, auf Bildern: {1}.</translation>
  </message>
  <message>
   <source>Write to</source>
   <translation>Schreiben nach</translation>
  </message>
 </context>
 <context>
  <name>FolderRecognition</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Reading {0}…</source>
   <translation>{0} wird gelesen…</translation>
  </message>
 </context>
 <context>
  <name>GoToFrameDialog</name>
  <message>
   <source>Frame number or time</source>
   <translation>Bildnummer oder Zeit</translation>
  </message>
  <message>
   <source>Frame {0} to {1}, or a time up to {2}</source>
   <translation>Bild {0} bis {1}, oder eine Zeit bis {2}</translation>
  </message>
  <message>
   <source>Frame {0}, at {1}</source>
   <translation>Bild {0}, bei {1}</translation>
  </message>
  <message>
   <source>Go</source>
   <translation>Los</translation>
  </message>
  <message>
   <source>Go to frame</source>
   <translation>Gehe zu Bild</translation>
  </message>
  <message>
   <source>Type a frame number, a time such as 0:05.20, or seconds such as 5.2s.</source>
   <translation>Eine Bildnummer eingeben, eine Zeit wie 0:05.20 oder Sekunden wie 5.2s.</translation>
  </message>
 </context>
 <context>
  <name>IdleKeys</name>
  <message>
   <source>There is nothing to do again.</source>
   <translation>Es gibt nichts zu wiederholen.</translation>
  </message>
  <message>
   <source>There is nothing to undo.</source>
   <translation>Es gibt nichts rückgängig zu machen.</translation>
  </message>
  <message>
   <source>“{0}” needs a box, and track {1} has none on frame {2}: press {5} and draw it.</source>
   <translation>„{0}“ braucht eine Box, und Spur {1} hat auf Bild {2} keine: Drücken Sie {5} und zeichnen Sie sie.</translation>
  </message>
  <message>
   <source>“{0}” needs a track, and there is none yet: press {5} and draw a box round the object.</source>
   <translation>„{0}“ braucht eine Spur, und es gibt noch keine: Drücken Sie {5} und zeichnen Sie eine Box um das Objekt.</translation>
  </message>
  <message>
   <source>“{0}” needs a track: choose one with {6}, or click its box.</source>
   <translation>„{0}“ braucht eine Spur: Wählen Sie eine mit {6}, oder klicken Sie ihre Box an.</translation>
  </message>
  <message>
   <source>“{0}” needs chosen frames: press {3} on the first and {4} on the last, or drag over the lanes.</source>
   <translation>„{0}“ braucht gewählte Bilder: Drücken Sie {3} auf dem ersten und {4} auf dem letzten, oder ziehen Sie über die Spuren.</translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message>
   <source> px</source>
   <translation> px</translation>
  </message>
  <message>
   <source>As recognised</source>
   <translation>Wie erkannt</translation>
  </message>
  <message>
   <source>As the file says</source>
   <translation>Wie die Datei sagt</translation>
  </message>
  <message>
   <source>Boxes on every frame become keyframes that a straight path joins, off by no more than this. The boxes themselves stay as they are.</source>
   <translation>Boxen auf jedem Bild werden zu Schlüsselbildern mit geradem Weg dazwischen, höchstens um so viel daneben. Die Boxen selbst bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Categories: {0}</source>
   <translation>Kategorien: {0}</translation>
  </message>
  <message>
   <source>Comparing with the project…</source>
   <translation>Vergleich mit dem Projekt…</translation>
  </message>
  <message>
   <source>First frame is</source>
   <translation>Erstes Bild ist</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Goes into</source>
   <translation>Kommt in</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>Keyframes within</source>
   <translation>Schlüsselbilder bis</translation>
  </message>
  <message>
   <source>Nothing of this belongs to the project.</source>
   <translation>Nichts davon gehört zum Projekt.</translation>
  </message>
  <message>
   <source>Number of the first frame</source>
   <translation>Nummer des ersten Bildes</translation>
  </message>
  <message>
   <source>Number of the top-left pixel</source>
   <translation>Nummer des Pixels oben links</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>Wird gelesen…</translation>
  </message>
  <message>
   <source>Tolerance of keyframes</source>
   <translation>Toleranz der Schlüsselbilder</translation>
  </message>
  <message>
   <source>Top-left pixel is</source>
   <translation>Pixel oben links ist</translation>
  </message>
  <message>
   <source>Tracks: {0}, boxes: {1}, keyframes: {2}; on frames {3} to {4}.</source>
   <translation>Spuren: {0}, Boxen: {1}, Schlüsselbilder: {2}; auf den Bildern {3} bis {4}.</translation>
  </message>
  <message>
   <source>{0} (new): {1}</source>
   <translation>{0} (neu): {1}</translation>
  </message>
  <message>
   <source>{0} more</source>
   <translation>{0} weitere</translation>
  </message>
  <message>
   <source>{0}, as the file says</source>
   <translation>{0}, wie die Datei sagt</translation>
  </message>
 </context>
 <context>
  <name>ImportMatchModel</name>
  <message>
   <source>Leave out</source>
   <translation>Weglassen</translation>
  </message>
  <message>
   <source>Where {0} goes</source>
   <translation>Wohin {0} kommt</translation>
  </message>
  <message>
   <source>unnamed</source>
   <translation>ohne Namen</translation>
  </message>
  <message>
   <source>{0} frames</source>
   <translation>{0} Bilder</translation>
  </message>
 </context>
 <context>
  <name>ImportMatches</name>
  <message>
   <source>Where each sequence goes</source>
   <translation>Wohin jede Sequenz kommt</translation>
  </message>
 </context>
 <context>
  <name>ImportSources</name>
  <message>
   <source>Add image folder…</source>
   <translation>Bildordner hinzufügen…</translation>
  </message>
  <message>
   <source>Add video…</source>
   <translation>Video hinzufügen…</translation>
  </message>
  <message>
   <source>Reading {0}…</source>
   <translation>{0} wird gelesen…</translation>
  </message>
  <message>
   <source>The boxes belong to a folder of images that is not in the project yet</source>
   <translation>Die Boxen gehören zu einem Bildordner, der noch nicht im Projekt ist</translation>
  </message>
  <message>
   <source>The boxes belong to a video that is not in the project yet</source>
   <translation>Die Boxen gehören zu einem Video, das noch nicht im Projekt ist</translation>
  </message>
 </context>
 <context>
  <name>Importing</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Files of boxes</source>
   <translation>Dateien mit Boxen</translation>
  </message>
  <message>
   <source>Import: choose a file, or any file of a folder in MOT, YOLO or another layout</source>
   <translation>Import: eine Datei wählen, oder eine Datei eines Ordners in MOT-, YOLO- oder anderer Form</translation>
  </message>
  <message>
   <source>Imported one track from {1}; one undo takes it back.</source>
   <translation>Eine Spur aus {1} importiert; einmal Rückgängig nimmt sie zurück.</translation>
  </message>
  <message>
   <source>Imported {0} tracks from {1}; one undo takes them back.</source>
   <translation>{0} Spuren aus {1} importiert; einmal Rückgängig nimmt sie zurück.</translation>
  </message>
  <message>
   <source>{0} can only be read: copy it to a folder where you may write, and open the copy.</source>
   <translation>{0} ist nur lesbar: Kopieren Sie es in einen Ordner, in dem Sie schreiben dürfen, und öffnen Sie die Kopie.</translation>
  </message>
 </context>
 <context>
  <name>Inspector</name>
  <message>
   <source>Attributes</source>
   <translation>Merkmale</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>Category (keys 1-9)</source>
   <translation>Kategorie (Tasten 1-9)</translation>
  </message>
  <message>
   <source>Define…</source>
   <translation>Festlegen…</translation>
  </message>
  <message>
   <source>Delete here</source>
   <translation>Hier löschen</translation>
  </message>
  <message>
   <source>Height</source>
   <translation>Höhe</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>Links</translation>
  </message>
  <message>
   <source>Name of the track</source>
   <translation>Name der Spur</translation>
  </message>
  <message>
   <source>No name</source>
   <translation>Kein Name</translation>
  </message>
  <message>
   <source>Number of the track</source>
   <translation>Nummer der Spur</translation>
  </message>
  <message>
   <source>Outside</source>
   <translation>Außerhalb</translation>
  </message>
  <message>
   <source>Select a track to see its name, category and box.</source>
   <translation>Wählen Sie eine Spur, um Name, Kategorie und Box zu sehen.</translation>
  </message>
  <message>
   <source>The number of the track in exports; type another one to change it</source>
   <translation>Die Nummer der Spur in Exporten; zum Ändern eine andere eintippen</translation>
  </message>
  <message>
   <source>Top</source>
   <translation>Oben</translation>
  </message>
  <message>
   <source>Track</source>
   <translation>Spur</translation>
  </message>
  <message>
   <source>Where the object is on this frame</source>
   <translation>Wo das Objekt auf diesem Bild ist</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <source>{0} of the box in pixels</source>
   <translation>{0} der Box in Pixeln</translation>
  </message>
 </context>
 <context>
  <name>LanesView</name>
  <message numerus="yes">
   <source>%n track(s)</source>
   <translation>
    <numerusform>%n Spur</numerusform>
    <numerusform>%n Spuren</numerusform>
   </translation>
  </message>
  <message>
   <source>No tracks yet</source>
   <translation>Noch keine Spuren</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitleiste</translation>
  </message>
 </context>
 <context>
  <name>LookPanel</name>
  <message>
   <source>Brightness</source>
   <translation>Helligkeit</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>Cross-hair</source>
   <translation>Fadenkreuz</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>Gamma</translation>
  </message>
  <message>
   <source>Gamma: lightens the dark parts</source>
   <translation>Gamma: hellt dunkle Stellen auf</translation>
  </message>
  <message>
   <source>Ghosts</source>
   <translation>Geisterbilder</translation>
  </message>
  <message>
   <source>Guides</source>
   <translation>Hilfslinien</translation>
  </message>
  <message>
   <source>Heat-map</source>
   <translation>Heatmap</translation>
  </message>
  <message>
   <source>Labels on the picture</source>
   <translation>Beschriftung im Bild</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Licht</translation>
  </message>
  <message>
   <source>Look of the picture</source>
   <translation>Aussehen des Bildes</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>On the screen only; the tracker sees the video as it is.</source>
   <translation>Nur auf dem Bildschirm; der Tracker sieht das Video, wie es ist.</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <source>Opacity of the heat-map</source>
   <translation>Deckkraft der Heatmap</translation>
  </message>
  <message>
   <source>Pixel grid</source>
   <translation>Pixelraster</translation>
  </message>
  <message>
   <source>Reset the light</source>
   <translation>Licht zurücksetzen</translation>
  </message>
  <message>
   <source>With</source>
   <translation>Mit</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Inspector</source>
   <translation>Inspektor</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Gedächtnis</translation>
  </message>
  <message>
   <source>Panels</source>
   <translation>Bereiche</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Sequences</source>
   <translation>Sequenzen</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitleiste</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Tracks</source>
   <translation>Spuren</translation>
  </message>
  <message>
   <source>not saved</source>
   <translation>nicht gespeichert</translation>
  </message>
  <message>
   <source>read only</source>
   <translation>nur lesbar</translation>
  </message>
  <message>
   <source>saved</source>
   <translation>gespeichert</translation>
  </message>
  <message>
   <source>saving…</source>
   <translation>wird gespeichert…</translation>
  </message>
 </context>
 <context>
  <name>MemoryModel</name>
  <message>
   <source>Counts {0} of all that the tracker learns from</source>
   <translation>Zählt {0} von allem, woraus der Tracker lernt</translation>
  </message>
  <message>
   <source>Frame {0}</source>
   <translation>Bild {0}</translation>
  </message>
  <message>
   <source>taken out</source>
   <translation>herausgenommen</translation>
  </message>
 </context>
 <context>
  <name>MemoryPanel</name>
  <message>
   <source>Frames in memory: {0}</source>
   <translation>Bilder im Gedächtnis: {0}</translation>
  </message>
  <message>
   <source>Go to the frame of the sample</source>
   <translation>Zum Bild dieses Beispiels gehen</translation>
  </message>
  <message>
   <source>Let the tracker learn from this frame again</source>
   <translation>Den Tracker wieder aus diesem Bild lernen lassen</translation>
  </message>
  <message>
   <source>Put back</source>
   <translation>Zurücklegen</translation>
  </message>
  <message>
   <source>Samples in the tracker's memory</source>
   <translation>Beispiele im Gedächtnis des Trackers</translation>
  </message>
  <message>
   <source>Show frame</source>
   <translation>Bild zeigen</translation>
  </message>
  <message>
   <source>Take out</source>
   <translation>Herausnehmen</translation>
  </message>
  <message>
   <source>The tracker forgets this frame and never learns from it; undo puts it back</source>
   <translation>Der Tracker vergisst dieses Bild und lernt nie daraus; Rückgängig legt es zurück</translation>
  </message>
  <message>
   <source>What the tracker learns the object from is shown here while it runs and after a correction.</source>
   <translation>Woraus der Tracker das Objekt lernt, steht hier während eines Laufs und nach einer Korrektur.</translation>
  </message>
 </context>
 <context>
  <name>MergeDialog</name>
  <message>
   <source> and {0} more spans</source>
   <translation> und {0} weitere Abschnitte</translation>
  </message>
  <message>
   <source>Frames on which both have boxes: {0} ({1}{2}).</source>
   <translation>Bilder, auf denen beide Boxen haben: {0} ({1}{2}).</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>Vereinen</translation>
  </message>
  <message>
   <source>Merge tracks</source>
   <translation>Spuren vereinen</translation>
  </message>
  <message>
   <source>There, keep those of track {0}</source>
   <translation>Dort die von Spur {0} behalten</translation>
  </message>
  <message>
   <source>There, take those of track {0}</source>
   <translation>Dort die von Spur {0} nehmen</translation>
  </message>
  <message>
   <source>They never have boxes on the same frame.</source>
   <translation>Sie haben nie Boxen auf demselben Bild.</translation>
  </message>
  <message>
   <source>Track {0} takes over the boxes of another track, which is then gone:</source>
   <translation>Spur {0} übernimmt die Boxen einer anderen Spur, die es danach nicht mehr gibt:</translation>
  </message>
 </context>
 <context>
  <name>OpenSession</name>
  <message>
   <source>Box copied. Paste sets it on another frame, or for another track.</source>
   <translation>Box kopiert. Einfügen setzt sie auf einem anderen Bild oder für eine andere Spur.</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Redo “{0}”</source>
   <translation>„{0}“ wiederholen</translation>
  </message>
  <message>
   <source>The video is missing</source>
   <translation>Das Video fehlt</translation>
  </message>
  <message>
   <source>The video of this project is not at {0}: put it back there, or show where it is now.</source>
   <translation>Das Video dieses Projekts ist nicht bei {0}: Legen Sie es dorthin zurück, oder zeigen Sie, wo es jetzt ist.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Undo “{0}”</source>
   <translation>„{0}“ rückgängig</translation>
  </message>
 </context>
 <context>
  <name>OpeningPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Finding every frame, once; the next time it opens at once.</source>
   <translation>Jedes Bild wird einmal gesucht; das nächste Mal öffnet es sofort.</translation>
  </message>
  <message>
   <source>Finding every frame: {0} %</source>
   <translation>Jedes Bild wird gesucht: {0} %</translation>
  </message>
  <message>
   <source>Looking at each picture.</source>
   <translation>Jedes Bild wird angesehen.</translation>
  </message>
  <message>
   <source>Looking at each picture: {0} %</source>
   <translation>Jedes Bild wird angesehen: {0} %</translation>
  </message>
  <message>
   <source>Opening {0}</source>
   <translation>{0} wird geöffnet</translation>
  </message>
  <message>
   <source>Progress of opening</source>
   <translation>Fortschritt des Öffnens</translation>
  </message>
  <message>
   <source>Reading the boxes.</source>
   <translation>Boxen werden gelesen.</translation>
  </message>
  <message>
   <source>Reading the boxes: {0} %</source>
   <translation>Boxen werden gelesen: {0} %</translation>
  </message>
  <message>
   <source>{0} does not answer yet.</source>
   <translation>{0} antwortet noch nicht.</translation>
  </message>
 </context>
 <context>
  <name>OtherTrackDialog</name>
  <message>
   <source>The other track</source>
   <translation>Die andere Spur</translation>
  </message>
  <message>
   <source>There is no other track in this sequence.</source>
   <translation>In dieser Sequenz gibt es keine andere Spur.</translation>
  </message>
 </context>
 <context>
  <name>PictureCanvas</name>
  <message>
   <source>No video is open</source>
   <translation>Kein Video offen</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
 </context>
 <context>
  <name>PicturePresenter</name>
  <message>
   <source>Reading frame {0}…</source>
   <translation>Bild {0} wird gelesen…</translation>
  </message>
  <message>
   <source>Reading the video…</source>
   <translation>Das Video wird gelesen…</translation>
  </message>
  <message>
   <source>There is no picture of frame {0}</source>
   <translation>Bild {0} lässt sich nicht zeigen</translation>
  </message>
 </context>
 <context>
  <name>Preferences</name>
  <message>
   <source>All boxes</source>
   <translation>Alle Boxen</translation>
  </message>
  <message>
   <source>Boxes with a label</source>
   <translation>Boxen mit Beschriftung</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>Colours of the heat-map</source>
   <translation>Farben der Heatmap</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No box</source>
   <translation>Keine Box</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Selected box only</source>
   <translation>Nur die gewählte Box</translation>
  </message>
 </context>
 <context>
  <name>PreferencesDialog</name>
  <message>
   <source>Additions</source>
   <translation>Zusätze</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Tracking</source>
   <translation>Verfolgung</translation>
  </message>
 </context>
 <context>
  <name>ProjectCopying</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Writing {0}…</source>
   <translation>{0} wird geschrieben…</translation>
  </message>
 </context>
 <context>
  <name>ProjectMenu</name>
  <message>
   <source>Copied to {0}. You go on working in the project itself.</source>
   <translation>Nach {0} kopiert. Sie arbeiten im Projekt selbst weiter.</translation>
  </message>
 </context>
 <context>
  <name>ProjectOpening</name>
  <message>
   <source>The first box is drawn. Press F, and watch the tracker carry it through the video.</source>
   <translation>Die erste Box ist gezeichnet. Drücken Sie F und sehen Sie zu, wie der Tracker sie durch das Video trägt.</translation>
  </message>
  <message>
   <source>The folder of {0} cannot be written, so your work is saved in {1}.</source>
   <translation>Der Ordner von {0} ist nicht beschreibbar, darum wird Ihre Arbeit in {1} gespeichert.</translation>
  </message>
  <message>
   <source>{0} can only be read: you can look at it, and nothing will be changed.</source>
   <translation>{0} ist nur lesbar: Sie können es ansehen, und nichts wird geändert.</translation>
  </message>
  <message>
   <source>{0} holds no video: open the video itself, and choose another project name.</source>
   <translation>{0} enthält kein Video: Öffnen Sie das Video selbst und wählen Sie einen anderen Projektnamen.</translation>
  </message>
  <message>
   <source>{0} is not there: check the name, or whether it was moved.</source>
   <translation>{0} ist nicht da: Prüfen Sie den Namen, oder ob es verschoben wurde.</translation>
  </message>
 </context>
 <context>
  <name>PropagateDialog</name>
  <message>
   <source>All tracks with a box on this frame</source>
   <translation>Alle Spuren mit einer Box auf diesem Bild</translation>
  </message>
  <message>
   <source>Backward</source>
   <translation>Rückwärts</translation>
  </message>
  <message>
   <source>Both ways</source>
   <translation>Beide Richtungen</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>Richtung</translation>
  </message>
  <message>
   <source>Forward</source>
   <translation>Vorwärts</translation>
  </message>
  <message>
   <source>Frames:</source>
   <translation>Bilder:</translation>
  </message>
  <message>
   <source>How far</source>
   <translation>Wie weit</translation>
  </message>
  <message>
   <source>In doubt</source>
   <translation>Im Zweifel</translation>
  </message>
  <message>
   <source>Keep going, and list it for review</source>
   <translation>Weiterlaufen und zur Prüfung aufführen</translation>
  </message>
  <message>
   <source>Number of frames</source>
   <translation>Zahl der Bilder</translation>
  </message>
  <message>
   <source>Propagate</source>
   <translation>Verfolgen</translation>
  </message>
  <message>
   <source>Propagate from frame {0}</source>
   <translation>Von Bild {0} aus verfolgen</translation>
  </message>
  <message>
   <source>To the end</source>
   <translation>Bis zum Ende</translation>
  </message>
  <message>
   <source>To the next keyframe</source>
   <translation>Bis zum nächsten Schlüsselbild</translation>
  </message>
  <message>
   <source>Tracks</source>
   <translation>Spuren</translation>
  </message>
  <message>
   <source>When a run stops by itself is set in Preferences, Stopping.</source>
   <translation>Wann ein Lauf von selbst anhält, steht in Einstellungen, Anhalten.</translation>
  </message>
 </context>
 <context>
  <name>RangeActions</name>
  <message>
   <source>Delete tracked boxes</source>
   <translation>Verfolgte Boxen löschen</translation>
  </message>
  <message>
   <source>There is no tracked box of this track from frame {0} to {1}.</source>
   <translation>Diese Spur hat von Bild {0} bis {1} keine verfolgte Box.</translation>
  </message>
 </context>
 <context>
  <name>RecoveryDialog</name>
  <message>
   <source>Backup of {0}  ({1:.1f} MB)</source>
   <translation>Sicherung vom {0}  ({1:.1f} MB)</translation>
  </message>
  <message>
   <source>Choose a backup; a new project is made of it, beside the present one:</source>
   <translation>Sicherung wählen; daraus wird ein neues Projekt, neben dem jetzigen:</translation>
  </message>
  <message>
   <source>Choose what a new project is made of:</source>
   <translation>Woraus soll ein neues Projekt werden?</translation>
  </message>
  <message>
   <source>Everything that can still be read of the file</source>
   <translation>Alles, was sich in der Datei noch lesen lässt</translation>
  </message>
  <message>
   <source>Make a new project of it</source>
   <translation>Neues Projekt daraus machen</translation>
  </message>
  <message>
   <source>Nothing is known to be lost.</source>
   <translation>Soweit bekannt, ist nichts verloren.</translation>
  </message>
  <message>
   <source>Open the new project</source>
   <translation>Neues Projekt öffnen</translation>
  </message>
  <message>
   <source>Recover a project</source>
   <translation>Projekt retten</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>Sicherung wiederherstellen</translation>
  </message>
  <message>
   <source>The new project {1} holds boxes: {0}.</source>
   <translation>Boxen im neuen Projekt {1}: {0}.</translation>
  </message>
  <message>
   <source>There is no backup of it.</source>
   <translation>Es gibt keine Sicherung davon.</translation>
  </message>
  <message>
   <source>This could not be got back:</source>
   <translation>Das ließ sich nicht retten:</translation>
  </message>
  <message>
   <source>This project has no backup yet: one is made soon after it is opened, and every half hour.</source>
   <translation>Von diesem Projekt gibt es noch keine Sicherung: Bald nach dem Öffnen entsteht eine, danach jede halbe Stunde.</translation>
  </message>
  <message>
   <source>What can be got back</source>
   <translation>Was sich retten lässt</translation>
  </message>
  <message>
   <source>What was lost</source>
   <translation>Was verloren ist</translation>
  </message>
  <message>
   <source>{0} itself stays as it is.</source>
   <translation>{0} selbst bleibt, wie es ist.</translation>
  </message>
 </context>
 <context>
  <name>ReviewModel</name>
  <message>
   <source>Frame {0}  ·  {1}</source>
   <translation>Bild {0}  ·  {1}</translation>
  </message>
  <message>
   <source>{0}
Frames {1} to {2}. {3} accepts them, moving the box corrects.</source>
   <translation>{0}
Bilder {1} bis {2}. {3} nimmt sie an, die Box zu bewegen verbessert.</translation>
  </message>
 </context>
 <context>
  <name>ReviewPanel</name>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>After a run, the frames the tracker was not sure of are listed here.</source>
   <translation>Nach einem Lauf stehen hier die Bilder, bei denen der Tracker nicht sicher war.</translation>
  </message>
  <message>
   <source>Frames to check</source>
   <translation>Zu prüfende Bilder</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Nothing left to check in this sequence.</source>
   <translation>In dieser Sequenz ist nichts mehr zu prüfen.</translation>
  </message>
  <message>
   <source>{0} to check</source>
   <translation>{0} zu prüfen</translation>
  </message>
 </context>
 <context>
  <name>ReviewPresenter</name>
  <message>
   <source>Frame {0}: lost. Gone from frame {1} to {2}? Press {3} if so, or draw the box.</source>
   <translation>Bild {0}: verloren. Von Bild {1} bis {2} nicht im Bild? Drücken Sie dann {3}, oder zeichnen Sie die Box.</translation>
  </message>
  <message>
   <source>Frame {0}: {1}. Press {2} if the box is right, or move it.</source>
   <translation>Bild {0}: {1}. Drücken Sie {2}, wenn die Box stimmt, oder bewegen Sie sie.</translation>
  </message>
  <message>
   <source>Nothing left to check in this sequence.</source>
   <translation>In dieser Sequenz ist nichts mehr zu prüfen.</translation>
  </message>
  <message>
   <source>Outside up to here, back on frame {0}. Move the box if it is wrong; {1} goes on.</source>
   <translation>Bis hierher außerhalb, ab Bild {0} zurück. Bewegen Sie die Box, wenn sie nicht stimmt; {1} geht weiter.</translation>
  </message>
 </context>
 <context>
  <name>Sentences</name>
  <message>
   <source>0 (CVAT, Datumaro)</source>
   <translation>0 (CVAT, Datumaro)</translation>
  </message>
  <message>
   <source>0, edges (CVAT, Datumaro)</source>
   <translation>0, Kanten (CVAT, Datumaro)</translation>
  </message>
  <message>
   <source>1 (the official text, motmetrics, TrackEval)</source>
   <translation>1 (offizieller Text, motmetrics, TrackEval)</translation>
  </message>
  <message>
   <source>1, last pixels inside (the development kit, supervision)</source>
   <translation>1, letzte Pixel gehören dazu (Development Kit, supervision)</translation>
  </message>
  <message>
   <source>A category cannot be merged into itself: choose another one.</source>
   <translation>Eine Kategorie kann nicht mit sich selbst vereint werden: wählen Sie eine andere.</translation>
  </message>
  <message>
   <source>A category needs a name: type one.</source>
   <translation>Eine Kategorie braucht einen Namen: geben Sie einen ein.</translation>
  </message>
  <message>
   <source>Accepted boxes</source>
   <translation>Angenommene Boxen</translation>
  </message>
  <message>
   <source>An attribute needs a name: type one.</source>
   <translation>Ein Merkmal braucht einen Namen: geben Sie einen ein.</translation>
  </message>
  <message>
   <source>Another file is now at {0}: move it away.</source>
   <translation>Bei {0} liegt jetzt eine andere Datei: legen Sie sie woanders hin.</translation>
  </message>
  <message>
   <source>Another program is changing the models in {0}; try again.</source>
   <translation>Ein anderes Programm ändert gerade die Modelle in {0}; versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Another track in {0} has the number {1}; {2} is free.</source>
   <translation>Eine andere Spur in {0} hat die Nummer {1}; {2} ist frei.</translation>
  </message>
  <message>
   <source>Attribute values</source>
   <translation>Werte von Attributen</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Attribute</translation>
  </message>
  <message>
   <source>Bookmarks</source>
   <translation>Lesezeichen</translation>
  </message>
  <message>
   <source>COCO holds no boxes outside the picture: {0:,} will be left out.</source>
   <translation>COCO kann keine Boxen außerhalb des Bildes aufnehmen: {0:,} werden ausgelassen.</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>Categories</source>
   <translation>Kategorien</translation>
  </message>
  <message>
   <source>Disputed boxes</source>
   <translation>Strittige Boxen</translation>
  </message>
  <message>
   <source>Efforts of sequences</source>
   <translation>Aufwand von Sequenzen</translation>
  </message>
  <message>
   <source>Filled frames {0} to {1}.</source>
   <translation>Bilder {0} bis {1} gefüllt.</translation>
  </message>
  <message>
   <source>Filled {0} gaps.</source>
   <translation>{0} Lücken gefüllt.</translation>
  </message>
  <message>
   <source>Filling backward</source>
   <translation>Füllen rückwärts</translation>
  </message>
  <message>
   <source>Filling forward</source>
   <translation>Füllen vorwärts</translation>
  </message>
  <message>
   <source>Frame {0} does not lie between two keyframes with boxes: set one on either side first.</source>
   <translation>Bild {0} liegt nicht zwischen zwei Schlüsselbildern mit Boxen: setzen Sie erst auf beiden Seiten eines.</translation>
  </message>
  <message>
   <source>Frame {0} is not between two keyframes with frames to fill between them: set a box on a frame before it and on one after it.</source>
   <translation>Bild {0} liegt nicht zwischen zwei Schlüsselbildern, zwischen denen etwas zu füllen ist: setzen Sie eine Box auf ein Bild davor und auf eines danach.</translation>
  </message>
  <message>
   <source>Frame {0} is not in {1}: it has {2} frames now.</source>
   <translation>Bild {0} ist nicht in {1}: die Datei hat jetzt {2} Bilder.</translation>
  </message>
  <message>
   <source>Frame {0} is not in {1}: its frames are 0 to {2}.</source>
   <translation>Bild {0} ist nicht in {1}: die Bilder sind 0 bis {2}.</translation>
  </message>
  <message>
   <source>Frame {0} is the last one in that direction: there is nothing to propagate to.</source>
   <translation>Bild {0} ist in dieser Richtung das letzte: es gibt nichts zu verfolgen.</translation>
  </message>
  <message>
   <source>Frame {0} is the only one that you have set and the tracker learns from: set another box first.</source>
   <translation>Bild {0} ist das einzige von Ihnen gesetzte, aus dem der Tracker lernt: setzen Sie erst eine weitere Box.</translation>
  </message>
  <message>
   <source>Frame {0} of {1} cannot be decoded; the file is damaged there.</source>
   <translation>Bild {0} von {1} lässt sich nicht lesen; die Datei ist dort beschädigt.</translation>
  </message>
  <message>
   <source>Frame {0} of {1} is {2} x {3} pixels and the first one {4} x {5}; convert the video to one size first.</source>
   <translation>Bild {0} von {1} hat {2} x {3} Pixel und das erste {4} x {5}; wandeln Sie das Video erst in eine einzige Größe um.</translation>
  </message>
  <message>
   <source>Frames not to learn from</source>
   <translation>Bilder, von denen nicht gelernt wird</translation>
  </message>
  <message>
   <source>Frames were found by the names of the pictures in {0}.</source>
   <translation>Die Bilder wurden nach den Dateinamen in {0} zugeordnet.</translation>
  </message>
  <message>
   <source>It also looks like {0}: choose that format if it is meant.</source>
   <translation>Es sieht auch nach {0} aus: Wählen Sie dieses Format, wenn es gemeint ist.</translation>
  </message>
  <message>
   <source>Keyframes</source>
   <translation>Schlüsselbilder</translation>
  </message>
  <message>
   <source>Label Studio holds no boxes outside the picture: {0:,} will be left out.</source>
   <translation>Label Studio kann keine Boxen außerhalb des Bildes aufnehmen: {0:,} werden ausgelassen.</translation>
  </message>
  <message>
   <source>Learning the correction</source>
   <translation>Die Korrektur wird gelernt</translation>
  </message>
  <message>
   <source>Learning the keyframes</source>
   <translation>Die Schlüsselbilder werden gelernt</translation>
  </message>
  <message>
   <source>Learning the target</source>
   <translation>Das Ziel wird gelernt</translation>
  </message>
  <message>
   <source>Loading the tracker</source>
   <translation>Der Tracker wird geladen</translation>
  </message>
  <message>
   <source>Looking again at the frames before the correction</source>
   <translation>Die Bilder vor der Korrektur werden neu angesehen</translation>
  </message>
  <message>
   <source>MOTChallenge wants whole frames per second: the {0:g} of {1} become {2}.</source>
   <translation>MOTChallenge will ganze Bilder je Sekunde: aus den {0:g} von {1} werden {2}.</translation>
  </message>
  <message>
   <source>Mark the file as UTF-8 for Excel</source>
   <translation>Datei für Excel als UTF-8 kennzeichnen</translation>
  </message>
  <message>
   <source>Neither track has anything from frame {0} on: go to where they were mixed up.</source>
   <translation>Keine der Spuren hat ab Bild {0} etwas: gehen Sie dorthin, wo sie verwechselt wurden.</translation>
  </message>
  <message>
   <source>No backup: {0}</source>
   <translation>Keine Sicherung: {0}</translation>
  </message>
  <message>
   <source>No box has been copied yet: copy one first.</source>
   <translation>Es ist noch keine Box kopiert: kopieren Sie erst eine.</translation>
  </message>
  <message>
   <source>No frame of {0} can be decoded; the file is damaged or in a format this program lacks.</source>
   <translation>Kein Bild von {0} lässt sich lesen; die Datei ist beschädigt oder in einem Format, das dieses Programm nicht kennt.</translation>
  </message>
  <message>
   <source>No track is chosen: choose at least one.</source>
   <translation>Keine Spur ist gewählt: wählen Sie mindestens eine.</translation>
  </message>
  <message>
   <source>Nothing can be read of {0}: restore a backup or a copy.</source>
   <translation>Von {0} lässt sich nichts lesen: holen Sie eine Sicherung oder eine Kopie zurück.</translation>
  </message>
  <message>
   <source>Numbers of tracks are from 1 to {0}.</source>
   <translation>Nummern von Spuren gehen von 1 bis {0}.</translation>
  </message>
  <message>
   <source>ONNX Runtime cannot run this network ({0}); choose another runtime.</source>
   <translation>ONNX Runtime kann dieses Netz nicht ausführen ({0}); wählen Sie eine andere Laufzeit.</translation>
  </message>
  <message>
   <source>ONNX Runtime is not installed; run pip install onnxruntime, or choose another runtime.</source>
   <translation>ONNX Runtime ist nicht installiert; rufen Sie pip install onnxruntime auf, oder wählen Sie eine andere Laufzeit.</translation>
  </message>
  <message>
   <source>ONNX Runtime is used on the processor only; choose the device cpu, or another runtime.</source>
   <translation>ONNX Runtime läuft nur auf dem Prozessor; wählen Sie das Gerät cpu, oder eine andere Laufzeit.</translation>
  </message>
  <message>
   <source>Opening {0}</source>
   <translation>{0} wird geöffnet</translation>
  </message>
  <message>
   <source>Opening {0} was cancelled.</source>
   <translation>Das Öffnen von {0} wurde abgebrochen.</translation>
  </message>
  <message>
   <source>Paused at frame {0}</source>
   <translation>Angehalten bei Bild {0}</translation>
  </message>
  <message>
   <source>Pictures of {0:,} files have another size than the first.</source>
   <translation>Die Bilder von {0:,} Dateien haben eine andere Größe als das erste.</translation>
  </message>
  <message>
   <source>Preparing</source>
   <translation>Vorbereitung</translation>
  </message>
  <message>
   <source>Propagating backward</source>
   <translation>Verfolgen rückwärts</translation>
  </message>
  <message>
   <source>Propagating forward</source>
   <translation>Verfolgen vorwärts</translation>
  </message>
  <message>
   <source>Reached frame {0}.</source>
   <translation>Bild {0} ist erreicht.</translation>
  </message>
  <message>
   <source>Reached frame {0}: outside from frame {1} on.</source>
   <translation>Bild {0} ist erreicht: ab Bild {1} außerhalb.</translation>
  </message>
  <message>
   <source>Reading {0}</source>
   <translation>{0} wird gelesen</translation>
  </message>
  <message>
   <source>Sequences</source>
   <translation>Sequenzen</translation>
  </message>
  <message>
   <source>Stopped at frame {0}.</source>
   <translation>Beendet bei Bild {0}.</translation>
  </message>
  <message>
   <source>Stopped at frame {0}: the box jumped. Move it back, or press {1} if it is right, to go on.</source>
   <translation>Angehalten bei Bild {0}: die Box ist gesprungen. Schieben Sie sie zurück, oder drücken Sie {1}, wenn sie stimmt; dann geht es weiter.</translation>
  </message>
  <message>
   <source>Stopped at frame {0}: the target seems to leave the picture. Mark it as outside if it is gone, or move the box and press {1} to go on.</source>
   <translation>Angehalten bei Bild {0}: das Ziel scheint das Bild zu verlassen. Markieren Sie es als außerhalb, wenn es weg ist, oder verschieben Sie die Box und drücken Sie {1}; dann geht es weiter.</translation>
  </message>
  <message>
   <source>Stopped at frame {0}: the tracker lost the target. Move the box there and press {1} to go on.</source>
   <translation>Angehalten bei Bild {0}: der Tracker hat das Ziel verloren. Schieben Sie die Box dorthin und drücken Sie {1}; dann geht es weiter.</translation>
  </message>
  <message>
   <source>Stopped at frame {0}: two look-alikes that the tracker cannot tell apart. Move the box or press {1} to go on.</source>
   <translation>Angehalten bei Bild {0}: zwei ähnliche Dinge, die der Tracker nicht unterscheiden kann. Verschieben Sie die Box oder drücken Sie {1}; dann geht es weiter.</translation>
  </message>
  <message>
   <source>The attribute {0} gets further choices.</source>
   <translation>Das Merkmal {0} bekommt weitere Wörter zur Wahl.</translation>
  </message>
  <message>
   <source>The beginning of the file was damaged and has been taken from a new one.</source>
   <translation>Der Anfang der Datei war beschädigt und ist aus einer neuen genommen.</translation>
  </message>
  <message>
   <source>The box is empty or outside the picture: draw it round the object.</source>
   <translation>Die Box ist leer oder außerhalb des Bildes: zeichnen Sie sie um das Objekt.</translation>
  </message>
  <message>
   <source>The box is empty or outside the picture; draw it round the object.</source>
   <translation>Die Box ist leer oder außerhalb des Bildes; ziehen Sie sie um das Objekt.</translation>
  </message>
  <message>
   <source>The box on frame {0} lies on the line between two keyframes: delete one of them, or say outside.</source>
   <translation>Die Box auf Bild {0} liegt auf der Geraden zwischen zwei Schlüsselbildern: löschen Sie eines davon, oder sagen Sie „außerhalb“.</translation>
  </message>
  <message>
   <source>The box {0} is far larger than the picture; draw it round the object you see.</source>
   <translation>Die Box {0} ist weit größer als das Bild; ziehen Sie sie um das Objekt, das Sie sehen.</translation>
  </message>
  <message>
   <source>The box {0} is not usable: it needs a size, and a place near the picture; draw it again.</source>
   <translation>Die Box {0} ist nicht brauchbar: sie braucht eine Größe und einen Platz beim Bild; ziehen Sie sie neu.</translation>
  </message>
  <message>
   <source>The box {0} lies outside the picture of {1} x {2} pixels; draw it inside.</source>
   <translation>Die Box {0} liegt außerhalb des Bildes von {1} x {2} Pixeln; ziehen Sie sie innerhalb.</translation>
  </message>
  <message>
   <source>The boxes lie too far apart (over {0:,} frames in all): import fewer tracks at a time.</source>
   <translation>Die Boxen liegen zu weit auseinander (zusammen über {0:,} Bilder): importieren Sie weniger Spuren auf einmal.</translation>
  </message>
  <message>
   <source>The category {0} is in use (tracks: {1}): merge it into another one instead.</source>
   <translation>Die Kategorie {0} wird gebraucht (Spuren: {1}): vereinen Sie sie stattdessen mit einer anderen.</translation>
  </message>
  <message>
   <source>The checkpoint is no {0}: it holds {1!r}; take a published file.</source>
   <translation>Der Checkpoint ist kein {0}: er enthält {1!r}; nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>The choices of {0} must be words that differ: type at least one.</source>
   <translation>Zur Wahl bei {0} müssen verschiedene Wörter stehen: geben Sie mindestens eines ein.</translation>
  </message>
  <message>
   <source>The computer ran out of memory while tracking. Close other programs or choose a smaller model, and try again.</source>
   <translation>Beim Verfolgen ging der Arbeitsspeicher aus. Schließen Sie andere Programme oder wählen Sie ein kleineres Modell, und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The disk of {0} is full: free some space.</source>
   <translation>Das Laufwerk von {0} ist voll: schaffen Sie Platz.</translation>
  </message>
  <message>
   <source>The disk of {0} is full: free some space; what was there before is unchanged.</source>
   <translation>Das Laufwerk von {0} ist voll: schaffen Sie Platz; was vorher dort war, ist unverändert.</translation>
  </message>
  <message>
   <source>The folder {0} cannot be read ({1}).</source>
   <translation>Der Ordner {0} lässt sich nicht lesen ({1}).</translation>
  </message>
  <message>
   <source>The folder {0} holds no pictures; choose one with JPEG, PNG, BMP, WebP or TIFF files.</source>
   <translation>Der Ordner {0} enthält keine Bilder; wählen Sie einen mit JPEG-, PNG-, BMP-, WebP- oder TIFF-Dateien.</translation>
  </message>
  <message>
   <source>The format plugin {0} brings a second {1!r}: it is not used.</source>
   <translation>Die Formaterweiterung {0} bringt ein zweites {1!r}: es wird nicht benutzt.</translation>
  </message>
  <message>
   <source>The format plugin {0} does not work ({1!r:.200}): update or remove it.</source>
   <translation>Die Formaterweiterung {0} geht nicht ({1!r:.200}): erneuern oder entfernen Sie sie.</translation>
  </message>
  <message>
   <source>The list of models {0} cannot be read ({1}); get the folder again.</source>
   <translation>Die Liste der Modelle {0} kann nicht gelesen werden ({1}); holen Sie den Ordner neu.</translation>
  </message>
  <message>
   <source>The list of models {0} cannot be read ({1}); mend it, or take it away and add your models again.</source>
   <translation>Die Liste der Modelle {0} kann nicht gelesen werden ({1}); reparieren Sie sie, oder nehmen Sie sie weg und fügen Sie Ihre Modelle neu hinzu.</translation>
  </message>
  <message>
   <source>The list of models {0} names no default; get the folder again.</source>
   <translation>Die Liste der Modelle {0} nennt kein Standardmodell; holen Sie den Ordner neu.</translation>
  </message>
  <message>
   <source>The model {0!r} came with the program and stays; only added ones are removed.</source>
   <translation>Das Modell {0!r} gehört zum Programm und bleibt; nur hinzugefügte werden entfernt.</translation>
  </message>
  <message>
   <source>The model's description cannot be read ({0}); take a file of this version.</source>
   <translation>Die Beschreibung des Modells kann nicht gelesen werden ({0}); nehmen Sie eine Datei dieser Version.</translation>
  </message>
  <message>
   <source>The models in {0} cannot be changed ({1}); free some space there, or mend its permissions.</source>
   <translation>Die Modelle in {0} können nicht geändert werden ({1}); schaffen Sie dort Platz, oder berichtigen Sie die Rechte.</translation>
  </message>
  <message>
   <source>The name of {0!a} is not valid Unicode: rename the file.</source>
   <translation>Der Name von {0!a} ist kein gültiges Unicode: benennen Sie die Datei um.</translation>
  </message>
  <message>
   <source>The object is lost on frame {0}: move the box to it first, or say that it is outside.</source>
   <translation>Das Objekt ist auf Bild {0} verloren: Ziehen Sie erst die Box dorthin, oder sagen Sie, dass es außerhalb ist.</translation>
  </message>
  <message>
   <source>The object was not lost on frame {0}: say outside from there, if it is gone.</source>
   <translation>Das Objekt war auf Bild {0} nicht verloren: Sagen Sie ab dort „außerhalb“, wenn es nicht im Bild ist.</translation>
  </message>
  <message>
   <source>The page {0} cannot be read; name a Markdown file that is there.</source>
   <translation>Die Seite {0} lässt sich nicht lesen; nennen Sie eine vorhandene Markdown-Datei.</translation>
  </message>
  <message>
   <source>The picture has no pixels; take another one.</source>
   <translation>Das Bild hat keine Pixel; nehmen Sie ein anderes.</translation>
  </message>
  <message>
   <source>The picture {0} cannot be read: it is damaged or of an unknown kind.</source>
   <translation>Das Bild {0} lässt sich nicht lesen: es ist beschädigt oder von unbekannter Art.</translation>
  </message>
  <message>
   <source>The picture {0} is no longer there.</source>
   <translation>Das Bild {0} ist nicht mehr da.</translation>
  </message>
  <message>
   <source>The picture {0} is too large to open; scale it down first.</source>
   <translation>Das Bild {0} ist zu groß; verkleinern Sie es erst.</translation>
  </message>
  <message>
   <source>The picture {0} is {1} x {2} pixels but {3} is {4} x {5}; put pictures of one size into a folder.</source>
   <translation>Das Bild {0} hat {1} x {2} Pixel, aber {3} hat {4} x {5}; legen Sie Bilder einer einzigen Größe in einen Ordner.</translation>
  </message>
  <message>
   <source>The sample is missing or damaged ({0}): install DiMPLE again.</source>
   <translation>Das Beispiel fehlt oder ist beschädigt ({0}): installieren Sie DiMPLE noch einmal.</translation>
  </message>
  <message>
   <source>The seed is {0}; give a whole number from 0 on.</source>
   <translation>Der Startwert ist {0}; geben Sie eine ganze Zahl ab 0 an.</translation>
  </message>
  <message>
   <source>The tracker has learned the correction.</source>
   <translation>Der Tracker hat die Korrektur gelernt.</translation>
  </message>
  <message>
   <source>The tracker knows no target yet; draw a box first.</source>
   <translation>Der Tracker kennt noch kein Ziel; ziehen Sie zuerst eine Box.</translation>
  </message>
  <message>
   <source>The tracker stopped because of a fault in the program. What is labelled is safe; try again, or see Details.</source>
   <translation>Der Tracker hat wegen eines Fehlers im Programm angehalten. Ihre Arbeit ist sicher; versuchen Sie es noch einmal, oder sehen Sie unter Einzelheiten nach.</translation>
  </message>
  <message>
   <source>The tracker takes pictures as RGB uint8 (height, width, 3), not {0}; convert it first.</source>
   <translation>Der Tracker nimmt Bilder als RGB uint8 (Höhe, Breite, 3), nicht {0}; wandeln Sie es zuerst um.</translation>
  </message>
  <message>
   <source>The weights in {0} do not fit {1}: the file holds {3}, which has no place there (such tensors: {2}); take the file of the right model.</source>
   <translation>Die Gewichte in {0} passen nicht zu {1}: die Datei enthält {3}, wofür dort kein Platz ist (solche Tensoren: {2}); nehmen Sie die Datei des richtigen Modells.</translation>
  </message>
  <message>
   <source>The weights in {0} do not fit {1}: the file lacks {3} (tensors lacking: {2}); take the file of the right model.</source>
   <translation>Die Gewichte in {0} passen nicht zu {1}: der Datei fehlt {3} (fehlende Tensoren: {2}); nehmen Sie die Datei des richtigen Modells.</translation>
  </message>
  <message>
   <source>The weights in {0} do not fit {1}: {2} has shape {3}, not {4}; take the file of the right model.</source>
   <translation>Die Gewichte in {0} passen nicht zu {1}: {2} hat die Form {3}, nicht {4}; nehmen Sie die Datei des richtigen Modells.</translation>
  </message>
  <message>
   <source>The weights of {0} are damaged: {1} has not the checksum in {2}; get the file again.</source>
   <translation>Die Gewichte von {0} sind beschädigt: {1} hat nicht die Prüfsumme aus {2}; holen Sie die Datei neu.</translation>
  </message>
  <message>
   <source>The weights of {0} are missing: there is no {1}; get it again.</source>
   <translation>Die Gewichte von {0} fehlen: es gibt kein {1}; holen Sie die Datei neu.</translation>
  </message>
  <message>
   <source>The weights of {0} cannot be read: {1} {2}; get the file again.</source>
   <translation>Die Gewichte von {0} können nicht gelesen werden: {1} {2}; holen Sie die Datei neu.</translation>
  </message>
  <message>
   <source>The {0} frames after {1} are set by you already, or there are none: nothing to copy to.</source>
   <translation>Die {0} Bilder nach {1} haben Sie schon gesetzt, oder es gibt keine: nichts, wohin kopiert werden könnte.</translation>
  </message>
  <message>
   <source>There are no tracker settings named {0!r}; choose one of {1}.</source>
   <translation>Es gibt keine Einstellungen des Trackers namens {0!r}; wählen Sie eine von {1}.</translation>
  </message>
  <message>
   <source>There are no two keyframes with frames to fill between them: set boxes further apart.</source>
   <translation>Es gibt keine zwei Schlüsselbilder, zwischen denen etwas zu füllen ist: setzen Sie Boxen weiter auseinander.</translation>
  </message>
  <message>
   <source>There is already a category {0}: choose another name.</source>
   <translation>Es gibt schon eine Kategorie {0}: wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>There is already a model named {0!r}; give another name with --name, or first take that one away with: weights remove {0}</source>
   <translation>Es gibt schon ein Modell namens {0!r}; geben Sie mit --name einen anderen Namen, oder entfernen Sie jenes zuerst mit: weights remove {0}</translation>
  </message>
  <message>
   <source>There is already an attribute {0}: choose another name.</source>
   <translation>Es gibt schon ein Merkmal {0}: wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>There is no box on frame {0} to confirm: draw one round the object first.</source>
   <translation>Auf Bild {0} ist keine Box zu bestätigen: Zeichnen Sie erst eine um das Objekt.</translation>
  </message>
  <message>
   <source>There is no box on frame {0} to copy.</source>
   <translation>Auf Bild {0} ist keine Box zu kopieren.</translation>
  </message>
  <message>
   <source>There is no box on frame {0} to copy: draw one first.</source>
   <translation>Auf Bild {0} ist keine Box zu kopieren: zeichnen Sie erst eine.</translation>
  </message>
  <message>
   <source>There is no box on frame {0} to describe: draw one first.</source>
   <translation>Auf Bild {0} ist keine Box zu beschreiben: zeichnen Sie erst eine.</translation>
  </message>
  <message>
   <source>There is no box on frame {0} to start from: draw one round the object first.</source>
   <translation>Auf Bild {0} ist keine Box, mit der es losgehen könnte: zeichnen Sie erst eine um das Objekt.</translation>
  </message>
  <message>
   <source>There is no device {0!r}; choose auto, cpu, cuda or mps.</source>
   <translation>Es gibt kein Gerät {0!r}; wählen Sie auto, cpu, cuda oder mps.</translation>
  </message>
  <message>
   <source>There is no folder {0} for {1}: make it first, or choose another.</source>
   <translation>Es gibt keinen Ordner {0} für {1}: legen Sie ihn erst an, oder wählen Sie einen anderen.</translation>
  </message>
  <message>
   <source>There is no format {0!r}: choose one of {1}.</source>
   <translation>Es gibt kein Format {0!r}: wählen Sie eines von {1}.</translation>
  </message>
  <message>
   <source>There is no frame to go to from frame {0} of {1}.</source>
   <translation>Von Bild {0} von {1} gibt es kein Bild, zu dem es gehen könnte.</translation>
  </message>
  <message>
   <source>There is no keyframe after frame {0}: set one, or propagate to the end.</source>
   <translation>Nach Bild {0} gibt es kein Schlüsselbild: setzen Sie eines, oder verfolgen Sie bis zum Ende.</translation>
  </message>
  <message>
   <source>There is no keyframe before frame {0}: set one, or propagate to the end.</source>
   <translation>Vor Bild {0} gibt es kein Schlüsselbild: setzen Sie eines, oder verfolgen Sie bis zum Ende.</translation>
  </message>
  <message>
   <source>There is no model named {0} to remove; see: weights list</source>
   <translation>Es gibt kein Modell namens {0}, das man entfernen könnte; siehe: weights list</translation>
  </message>
  <message>
   <source>There is no model named {0}; known are {1}, or give the path of a file.</source>
   <translation>Es gibt kein Modell namens {0}; bekannt sind {1}, oder geben Sie den Pfad einer Datei.</translation>
  </message>
  <message>
   <source>There is no project {0}: check the name.</source>
   <translation>Es gibt kein Projekt {0}: prüfen Sie den Namen.</translation>
  </message>
  <message>
   <source>There is no tracked box on frame {0} to delete.</source>
   <translation>Auf Bild {0} ist keine verfolgte Box zu löschen.</translation>
  </message>
  <message>
   <source>There is no weights file {0}; check the path.</source>
   <translation>Es gibt keine Gewichtsdatei {0}; prüfen Sie den Pfad.</translation>
  </message>
  <message>
   <source>There is nothing to learn the target from; draw a box first.</source>
   <translation>Es gibt nichts, woraus das Ziel gelernt werden könnte; ziehen Sie zuerst eine Box.</translation>
  </message>
  <message>
   <source>There is one frame only: there is nothing to propagate to.</source>
   <translation>Es gibt nur ein Bild: es gibt nichts zu verfolgen.</translation>
  </message>
  <message>
   <source>This computer has no {0} device that PyTorch can use; choose auto or cpu.</source>
   <translation>Dieser Rechner hat kein {0}-Gerät, das PyTorch nutzen kann; wählen Sie auto oder cpu.</translation>
  </message>
  <message>
   <source>This takes two tracks of one sequence: choose another one.</source>
   <translation>Dazu gehören zwei Spuren einer Sequenz: wählen Sie eine andere.</translation>
  </message>
  <message>
   <source>Tolerance of keyframes (px)</source>
   <translation>Toleranz der Schlüsselbilder (px)</translation>
  </message>
  <message>
   <source>Top-left pixel is</source>
   <translation>Pixel oben links ist</translation>
  </message>
  <message>
   <source>Track {0}</source>
   <translation>Spur {0}</translation>
  </message>
  <message>
   <source>Track {0} has boxes {1} frames apart and few between: correct its frame numbers.</source>
   <translation>Spur {0} hat Boxen, die {1} Bilder auseinander liegen, und wenige dazwischen: berichtigen Sie ihre Bildnummern.</translation>
  </message>
  <message>
   <source>Track {0} has nothing before frame {1}: the whole track would be meant.</source>
   <translation>Spur {0} hat vor Bild {1} nichts: gemeint wäre die ganze Spur.</translation>
  </message>
  <message>
   <source>Track {0} has nothing from frame {1} on.</source>
   <translation>Spur {0} hat ab Bild {1} nichts.</translation>
  </message>
  <message>
   <source>Track {0} is hidden: show it first, by the eye in the list of tracks.</source>
   <translation>Spur {0} ist ausgeblendet: zeigen Sie sie erst, mit dem Auge in der Liste der Spuren.</translation>
  </message>
  <message>
   <source>Track {0} is locked, so nothing was changed: unlock it by the lock in the list of tracks.</source>
   <translation>Spur {0} ist gesperrt, deshalb wurde nichts geändert: entsperren Sie sie mit dem Schloss in der Liste der Spuren.</translation>
  </message>
  <message>
   <source>Tracked boxes</source>
   <translation>Verfolgte Boxen</translation>
  </message>
  <message>
   <source>Tracks</source>
   <translation>Spuren</translation>
  </message>
  <message>
   <source>Tracks with other numbers, for other files have tracks with theirs: {0:,}.</source>
   <translation>Spuren mit anderen Nummern, denn andere Dateien haben Spuren mit ihren: {0:,}.</translation>
  </message>
  <message>
   <source>Tracks with other numbers, for theirs were used in the project already: {0:,}.</source>
   <translation>Spuren mit anderen Nummern, denn ihre gab es im Projekt schon: {0:,}.</translation>
  </message>
  <message>
   <source>Visible share of occluded boxes</source>
   <translation>Sichtbarer Anteil verdeckter Boxen</translation>
  </message>
  <message>
   <source>What can be read of {0} is no project ({1}): restore a backup or a copy.</source>
   <translation>Was sich von {0} lesen lässt, ist kein Projekt ({1}): holen Sie eine Sicherung oder eine Kopie zurück.</translation>
  </message>
  <message>
   <source>What category {0} was is lost: “recovered {0}” stands for it.</source>
   <translation>Was Kategorie {0} war, ist verloren: „recovered {0}“ steht für sie.</translation>
  </message>
  <message>
   <source>What sequence {0} was is lost: “recovered {0}” stands for it.</source>
   <translation>Was Sequenz {0} war, ist verloren: „recovered {0}“ steht für sie.</translation>
  </message>
  <message>
   <source>What track {0} was is lost: “recovered {0}” stands for it.</source>
   <translation>Was Spur {0} war, ist verloren: „recovered {0}“ steht für sie.</translation>
  </message>
  <message>
   <source>Where the object is on frame {0} is not known: draw a box round it.</source>
   <translation>Wo das Objekt auf Bild {0} ist, ist nicht bekannt: zeichnen Sie eine Box darum.</translation>
  </message>
  <message>
   <source>Without labels_track/ YOLO does not tell which boxes are one object: {0:,} tracks.</source>
   <translation>Ohne labels_track/ sagt YOLO nicht, welche Boxen ein Objekt sind: {0:,} Spuren.</translation>
  </message>
  <message>
   <source>Write det/det.txt with scores too</source>
   <translation>Auch det/det.txt mit Wertungen schreiben</translation>
  </message>
  <message>
   <source>Write labels_track/ with numbers of tracks too</source>
   <translation>Auch labels_track/ mit Nummern der Spuren schreiben</translation>
  </message>
  <message>
   <source>YouTube-VIS holds no boxes outside the picture: {0:,} will be left out.</source>
   <translation>YouTube-VIS kann keine Boxen außerhalb des Bildes aufnehmen: {0:,} werden ausgelassen.</translation>
  </message>
  <message>
   <source>attributes of tracks</source>
   <translation>Merkmale von Spuren</translation>
  </message>
  <message>
   <source>attributes that change from frame to frame</source>
   <translation>Merkmale, die sich von Bild zu Bild ändern</translation>
  </message>
  <message>
   <source>categories</source>
   <translation>Kategorien</translation>
  </message>
  <message>
   <source>exact frame rates</source>
   <translation>genaue Bildraten</translation>
  </message>
  <message>
   <source>how sure the tracker was</source>
   <translation>wie sicher der Tracker war</translation>
  </message>
  <message>
   <source>marks of an object that has left the picture</source>
   <translation>Zeichen für Objekte, die das Bild verlassen haben</translation>
  </message>
  <message>
   <source>marks of partly hidden objects</source>
   <translation>Zeichen für teilweise verdeckte Objekte</translation>
  </message>
  <message>
   <source>names of sequences as they are written in the project</source>
   <translation>Namen von Sequenzen, wie sie im Projekt stehen</translation>
  </message>
  <message>
   <source>names of tracks</source>
   <translation>Namen von Spuren</translation>
  </message>
  <message>
   <source>numbers of the frames in the video when some are left out</source>
   <translation>Nummern der Bilder im Video, wenn welche ausgelassen sind</translation>
  </message>
  <message>
   <source>numbers of tracks</source>
   <translation>Nummern von Spuren</translation>
  </message>
  <message>
   <source>parts of a pixel</source>
   <translation>Bruchteile eines Pixels</translation>
  </message>
  <message>
   <source>parts of boxes beyond the picture's border</source>
   <translation>Teile von Boxen jenseits des Bildrands</translation>
  </message>
  <message>
   <source>scores of tracked boxes</source>
   <translation>Wertungen verfolgter Boxen</translation>
  </message>
  <message>
   <source>tracks without a box</source>
   <translation>Spuren ohne Box</translation>
  </message>
  <message>
   <source>visible shares</source>
   <translation>sichtbare Anteile</translation>
  </message>
  <message>
   <source>which boxes a person set</source>
   <translation>welche Boxen ein Mensch gesetzt hat</translation>
  </message>
  <message>
   <source>which boxes belong to one object</source>
   <translation>welche Boxen zu einem Objekt gehören</translation>
  </message>
  <message>
   <source>{0!r} is no value of {1}: choose another default, or none.</source>
   <translation>{0!r} ist kein Wert von {1}: wählen Sie einen anderen Vorgabewert, oder keinen.</translation>
  </message>
  <message>
   <source>{0!r} names no export: write FORMAT:PATH, for example coco:out.json.</source>
   <translation>{0!r} nennt keinen Export: schreiben Sie FORMAT:PFAD, zum Beispiel coco:out.json.</translation>
  </message>
  <message>
   <source>{0:,} boxes are of CVAT for images: each became a track of its own.</source>
   <translation>{0:,} Boxen sind aus CVAT für Bilder: jede wurde eine eigene Spur.</translation>
  </message>
  <message>
   <source>{0:,} boxes are of groups of objects (iscrowd).</source>
   <translation>{0:,} Boxen stehen für Gruppen von Objekten (iscrowd).</translation>
  </message>
  <message>
   <source>{0:,} boxes are turned: the boxes round their corners were taken.</source>
   <translation>{0:,} Boxen sind gedreht: die Boxen um ihre Ecken wurden genommen.</translation>
  </message>
  <message>
   <source>{0:,} boxes are turned; they were taken as if they were not.</source>
   <translation>{0:,} Boxen sind gedreht; sie wurden genommen, als wären sie es nicht.</translation>
  </message>
  <message>
   <source>{0:,} boxes have another category than their track: the track's was taken.</source>
   <translation>{0:,} Boxen haben eine andere Kategorie als ihre Spur: die der Spur wurde genommen.</translation>
  </message>
  <message>
   <source>{0:,} boxes have key points, which were left out.</source>
   <translation>{0:,} Boxen haben Schlüsselpunkte, die weggelassen wurden.</translation>
  </message>
  <message>
   <source>{0:,} boxes name no track: each became a track of its own.</source>
   <translation>{0:,} Boxen nennen keine Spur: aus jeder wurde eine eigene Spur.</translation>
  </message>
  <message>
   <source>{0:,} boxes of {1} lie behind the last of the {2:,} frames of {3} and will be left out.</source>
   <translation>{0:,} Boxen von {1} liegen hinter dem letzten der {2:,} Bilder von {3} und werden ausgelassen.</translation>
  </message>
  <message>
   <source>{0:,} files were read: {1}.</source>
   <translation>{0:,} Dateien wurden gelesen: {1}.</translation>
  </message>
  <message>
   <source>{0:,} lines end in a confidence: it became the score of the box.</source>
   <translation>{0:,} Zeilen enden mit einer Konfidenz: sie wurde zum Score der Box.</translation>
  </message>
  <message>
   <source>{0:,} outlines have no box: the boxes round them were taken.</source>
   <translation>{0:,} Umrisse haben keine Box: die Boxen um sie herum wurden genommen.</translation>
  </message>
  <message>
   <source>{0:,} outlines were taken as the boxes round them.</source>
   <translation>{0:,} Umrisse wurden als die Boxen um sie genommen.</translation>
  </message>
  <message>
   <source>{0:,} results that are no boxes in a video were left out.</source>
   <translation>{0:,} Ergebnisse, die keine Boxen in einem Video sind, wurden ausgelassen.</translation>
  </message>
  <message>
   <source>{0:,} shapes that are no boxes were left out.</source>
   <translation>{0:,} Formen, die keine Boxen sind, wurden ausgelassen.</translation>
  </message>
  <message>
   <source>{0:,} tracks have the same boxes as tracks of the project: they will be there twice.</source>
   <translation>{0:,} Spuren haben dieselben Boxen wie Spuren des Projekts: sie werden doppelt da sein.</translation>
  </message>
  <message>
   <source>{0:,} values do not fit the project's attributes of these names and are left out.</source>
   <translation>{0:,} Werte passen nicht zu den Merkmalen dieses Namens im Projekt und werden ausgelassen.</translation>
  </message>
  <message>
   <source>{0:,} values of attributes are of a kind that none can have: they are left out.</source>
   <translation>{0:,} Werte von Merkmalen sind von einer Art, die keines haben kann: sie werden ausgelassen.</translation>
  </message>
  <message>
   <source>{0:,} values that their attributes cannot have were left out.</source>
   <translation>{0:,} Werte, die ihre Merkmale nicht haben können, wurden ausgelassen.</translation>
  </message>
  <message>
   <source>{0} Nothing is lost: your work is kept in memory and written when possible.</source>
   <translation>{0} Nichts ist verloren: Ihre Arbeit bleibt im Speicher und wird geschrieben, sobald es geht.</translation>
  </message>
  <message>
   <source>{0} and {1} both tell of the sequence {2!r:.60}: choose one of them, or put one elsewhere.</source>
   <translation>{0} und {1} erzählen beide von der Sequenz {2!r:.60}: wählen Sie eine davon, oder legen Sie eine woandershin.</translation>
  </message>
  <message>
   <source>{0} becomes too large: unpack it yourself.</source>
   <translation>{0} wird zu groß: Entpacken Sie es selbst.</translation>
  </message>
  <message>
   <source>{0} belongs to no sequence of the project and is left out.</source>
   <translation>{0} gehört zu keiner Sequenz des Projekts und wird ausgelassen.</translation>
  </message>
  <message>
   <source>{0} can only be read: copy it to a folder where you may write, and open the copy.</source>
   <translation>{0} kann nur gelesen werden: kopieren Sie es in einen Ordner, in den Sie schreiben dürfen, und öffnen Sie die Kopie.</translation>
  </message>
  <message>
   <source>{0} can only be read: copy it to a folder where you may write.</source>
   <translation>{0} kann nur gelesen werden: kopieren Sie es in einen Ordner, in den Sie schreiben dürfen.</translation>
  </message>
  <message>
   <source>{0} cannot be created ({1}): check its permissions.</source>
   <translation>{0} kann nicht angelegt werden ({1}): prüfen Sie die Rechte.</translation>
  </message>
  <message>
   <source>{0} cannot be created, there is no folder {1}: choose one that exists.</source>
   <translation>{0} kann nicht angelegt werden, es gibt keinen Ordner {1}: wählen Sie einen, den es gibt.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1}): check the disk.</source>
   <translation>{0} lässt sich nicht lesen ({1}): prüfen Sie das Laufwerk.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1}): check the file and its permissions.</source>
   <translation>{0} lässt sich nicht lesen ({1}): prüfen Sie die Datei und ihre Rechte.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1}): check the file.</source>
   <translation>{0} lässt sich nicht lesen ({1}): prüfen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1}): check the name.</source>
   <translation>{0} lässt sich nicht lesen ({1}): prüfen Sie den Namen.</translation>
  </message>
  <message>
   <source>{0} cannot be read ({1}); check that it is there.</source>
   <translation>{0} lässt sich nicht lesen ({1}); prüfen Sie, ob es da ist.</translation>
  </message>
  <message>
   <source>{0} cannot be read: something unexpected went wrong ({1}), see the log.</source>
   <translation>{0} kann nicht gelesen werden: etwas Unerwartetes ging schief ({1}), siehe Protokoll.</translation>
  </message>
  <message>
   <source>{0} cannot be read: you have no permission to open it.</source>
   <translation>{0} lässt sich nicht lesen: Sie dürfen es nicht öffnen.</translation>
  </message>
  <message>
   <source>{0} cannot be unpacked ({1}).</source>
   <translation>{0} lässt sich nicht entpacken ({1}).</translation>
  </message>
  <message>
   <source>{0} cannot have {1!r} for {2}: see its options.</source>
   <translation>{0} kann {1!r} für {2} nicht haben: sehen Sie bei den Einstellungen nach.</translation>
  </message>
  <message>
   <source>{0} cannot lock files ({1}): keep the project on a local disk.</source>
   <translation>{0} kann keine Dateien sperren ({1}): legen Sie das Projekt auf ein Laufwerk dieses Rechners.</translation>
  </message>
  <message>
   <source>{0} could not be made a picture: export without pictures.</source>
   <translation>Aus {0} ließ sich kein Bild machen: exportieren Sie ohne Bilder.</translation>
  </message>
  <message>
   <source>{0} could not be written ({1}): check the disk.</source>
   <translation>{0} ließ sich nicht schreiben ({1}): prüfen Sie das Laufwerk.</translation>
  </message>
  <message>
   <source>{0} could not be written ({1}): choose another place.</source>
   <translation>{0} ließ sich nicht schreiben ({1}): wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>{0} defines the attribute {1!r:.60} in another way than a file before it: import it alone.</source>
   <translation>{0} erklärt das Attribut {1!r:.60} anders als eine Datei davor: importieren Sie sie allein.</translation>
  </message>
  <message>
   <source>{0} defines two attributes of one name: rename one.</source>
   <translation>{0} legt zwei Merkmale eines Namens fest: benennen Sie eines um.</translation>
  </message>
  <message>
   <source>{0} does not hold {1}: {2:,} will be lost.</source>
   <translation>{0} kann dies nicht aufnehmen: {1}; {2:,} gehen verloren.</translation>
  </message>
  <message>
   <source>{0} does not tell its size: add 'width' and 'height', or choose the video.</source>
   <translation>{0} nennt seine Größe nicht: Ergänzen Sie „width“ und „height“ oder wählen Sie das Video.</translation>
  </message>
  <message>
   <source>{0} entries beyond all bounds or of things that are lost are left out.</source>
   <translation>{0} Einträge jenseits aller Grenzen oder von Verlorenem sind weggelassen.</translation>
  </message>
  <message>
   <source>{0} exists already: open it, or choose another name.</source>
   <translation>{0} gibt es schon: öffnen Sie es, oder wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>{0} further parts of the file (4 KB each) could not be read.</source>
   <translation>{0} weitere Teile der Datei (je 4 KB) konnten nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{0} gives another value to an attribute of the whole track: correct the file.</source>
   <translation>{0} gibt einem Merkmal der ganzen Spur einen anderen Wert: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} gives boxes in percent and nothing tells the size of the picture: choose the video that the boxes belong to.</source>
   <translation>{0} gibt Boxen in Prozent an, und nichts sagt, wie groß das Bild ist: wählen Sie das Video, zu dem die Boxen gehören.</translation>
  </message>
  <message>
   <source>{0} gives impossible numbers ({1} frames of {2} x {3}): correct the file.</source>
   <translation>{0} nennt unmögliche Zahlen ({1} Bilder zu {2} x {3}): berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} gives shares of a picture, and neither the picture nor export_info.json tells its size: put the images beside the labels, or choose the video.</source>
   <translation>{0} gibt Anteile eines Bildes an, und weder das Bild noch export_info.json sagt, wie groß es ist: legen Sie die Bilder neben die Dateien, oder wählen Sie das Video.</translation>
  </message>
  <message>
   <source>{0} has a constructor without readable arguments; take a published file.</source>
   <translation>{0} hat einen Konstruktor ohne lesbare Argumente; nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} has been closed: open it again.</source>
   <translation>{0} ist geschlossen: öffnen Sie es wieder.</translation>
  </message>
  <message>
   <source>{0} has been damaged on its disk; its backups are good: choose “Restore a backup…” in the File menu.</source>
   <translation>{0} ist auf dem Laufwerk beschädigt worden; seine Sicherungen sind gut: wählen Sie „Sicherung wiederherstellen…“ im Menü Datei.</translation>
  </message>
  <message>
   <source>{0} has changed: it had {1} frames of {2} x {3} pixels, and has {4} of {5} x {6} now. Put the file back that was labelled.</source>
   <translation>{0} hat sich geändert: die Datei hatte {1} Bilder zu {2} x {3} Pixeln und hat jetzt {4} zu {5} x {6}. Legen Sie die Datei zurück, zu der die Boxen gehören.</translation>
  </message>
  <message>
   <source>{0} has more than {1} attributes: remove some.</source>
   <translation>{0} hat mehr als {1} Merkmale: entfernen Sie einige.</translation>
  </message>
  <message>
   <source>{0} has more than {1} frames; cut it into parts.</source>
   <translation>{0} hat mehr als {1} Bilder; zerlegen Sie es in Teile.</translation>
  </message>
  <message>
   <source>{0} has more than {1} lines: choose another file.</source>
   <translation>{0} hat mehr als {1} Zeilen: wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} has neither data nor annotations: it is no task of Label Studio.</source>
   <translation>{0} hat weder „data“ noch „annotations“: das ist keine Aufgabe von Label Studio.</translation>
  </message>
  <message>
   <source>{0} has no classes but places in the world, as MOT15 and results do: all got the first one.</source>
   <translation>{0} hat keine Klassen, sondern Orte in der Welt, wie MOT15 und Ergebnisse: alle bekamen die erste.</translation>
  </message>
  <message>
   <source>{0} has no name of its own: it became {1}.</source>
   <translation>{0} hat keinen eigenen Namen: daraus wurde {1}.</translation>
  </message>
  <message>
   <source>{0} has no option {1!r}: it offers {2}.</source>
   <translation>{0} hat keine Einstellung {1!r}: es gibt {2}.</translation>
  </message>
  <message>
   <source>{0} has no place for the table; add the lines {1} and {2} where it is to stand.</source>
   <translation>{0} hat keinen Platz für die Tabelle; fügen Sie dort die Zeilen {1} und {2} ein.</translation>
  </message>
  <message>
   <source>{0} has no {1!r}: correct the file.</source>
   <translation>{0} hat kein {1!r}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} has {1!r:.60} for {2!r}, not {3}: correct the file.</source>
   <translation>{0} hat {1!r:.60} für {2!r}, nicht {3}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} has {1} cells for {2} columns: correct the file.</source>
   <translation>{0} hat {1} Zellen für {2} Spalten: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} has {1} for 'video_id', not the id of a video: correct it.</source>
   <translation>{0} hat {1} für 'video_id', nicht die Nummer eines Videos: berichtigen Sie das.</translation>
  </message>
  <message>
   <source>{0} has {1} frames and was labelled with {2}: export without pictures, or put the right video there.</source>
   <translation>{0} hat {1} Bilder und hatte {2}, als die Boxen gesetzt wurden: exportieren Sie ohne Bilder, oder legen Sie das richtige Video dorthin.</translation>
  </message>
  <message>
   <source>{0} has {1} frames: a sequence has 1 to {2}.</source>
   <translation>{0} hat {1} Bilder: eine Sequenz hat 1 bis {2}.</translation>
  </message>
  <message>
   <source>{0} has {1} numbers for {2} frames: correct the file.</source>
   <translation>{0} hat {1} Zahlen für {2} Bilder: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} has {1} numbers, not the class and four of a box: correct the file.</source>
   <translation>{0} hat {1} Zahlen, nicht die Klasse und vier einer Box: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} holds a file twice: pack it anew.</source>
   <translation>{0} enthält eine Datei doppelt: Packen Sie es neu.</translation>
  </message>
  <message>
   <source>{0} holds a link or a device, {1!r:.60}: do not trust it.</source>
   <translation>{0} enthält eine Verknüpfung oder ein Gerät, {1!r:.60}: Trauen Sie ihm nicht.</translation>
  </message>
  <message>
   <source>{0} holds a network built by {1}, which is not supported; take a published dimp18, dimp50, super_dimp, prdimp18 or prdimp50.</source>
   <translation>{0} enthält ein Netz, das {1} gebaut hat, und das wird nicht unterstützt; nehmen Sie ein veröffentlichtes dimp18, dimp50, super_dimp, prdimp18 oder prdimp50.</translation>
  </message>
  <message>
   <source>{0} holds files of several formats ({1}): choose one of them.</source>
   <translation>{0} enthält Dateien mehrerer Formate ({1}): wählen Sie eines davon.</translation>
  </message>
  <message>
   <source>{0} holds no JSON files of LabelMe: choose the folder that they are in.</source>
   <translation>{0} enthält keine JSON-Dateien von LabelMe: wählen Sie den Ordner, in dem sie liegen.</translation>
  </message>
  <message>
   <source>{0} holds no JSON object but a list: choose a file with images and annotations.</source>
   <translation>{0} enthält kein JSON-Objekt, sondern eine Liste: wählen Sie eine Datei mit images und annotations.</translation>
  </message>
  <message>
   <source>{0} holds no JSON object: choose another file.</source>
   <translation>{0} enthält kein JSON-Objekt: wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} holds no XML file: choose a file or a folder exported from CVAT.</source>
   <translation>{0} enthält keine XML-Datei: wählen Sie eine Datei oder einen Ordner aus CVAT.</translation>
  </message>
  <message>
   <source>{0} holds no XML files of Pascal VOC: choose the folder above Annotations.</source>
   <translation>{0} enthält keine XML-Dateien von Pascal VOC: wählen Sie den Ordner über Annotations.</translation>
  </message>
  <message>
   <source>{0} holds no groundtruth.txt: choose a folder in the layout of GOT-10k.</source>
   <translation>{0} enthält keine groundtruth.txt: wählen Sie einen Ordner im Aufbau von GOT-10k.</translation>
  </message>
  <message>
   <source>{0} holds no groundtruth.txt: choose a folder in the layout of LaSOT.</source>
   <translation>{0} enthält keine groundtruth.txt: wählen Sie einen Ordner im Aufbau von LaSOT.</translation>
  </message>
  <message>
   <source>{0} holds no labels folder with text files: choose a folder in the layout of Ultralytics.</source>
   <translation>{0} enthält keinen Ordner labels mit Textdateien: wählen Sie einen Ordner im Aufbau von Ultralytics.</translation>
  </message>
  <message>
   <source>{0} holds no network weights; take a published DiMP checkpoint.</source>
   <translation>{0} enthält keine Gewichte eines Netzes; nehmen Sie einen veröffentlichten DiMP-Checkpoint.</translation>
  </message>
  <message>
   <source>{0} holds no seqinfo.ini, so name the video that its boxes belong to.</source>
   <translation>{0} enthält keine seqinfo.ini; nennen Sie deshalb das Video, zu dem die Boxen gehören.</translation>
  </message>
  <message>
   <source>{0} holds no seqinfo.ini: choose a folder in the layout of MOTChallenge.</source>
   <translation>{0} enthält keine seqinfo.ini: wählen Sie einen Ordner im Aufbau von MOTChallenge.</translation>
  </message>
  <message>
   <source>{0} holds no video that this program can show; choose a file with moving pictures.</source>
   <translation>{0} enthält kein Video, das dieses Programm zeigen kann; wählen Sie eine Datei mit bewegten Bildern.</translation>
  </message>
  <message>
   <source>{0} holds no {1}: choose a folder in the layout of OTB.</source>
   <translation>{0} enthält kein {1}: wählen Sie einen Ordner im Aufbau von OTB.</translation>
  </message>
  <message>
   <source>{0} holds nothing in a format that is known: choose another file.</source>
   <translation>{0} enthält nichts in einem bekannten Format: Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} holds other files than an earlier export: choose a new or an empty folder.</source>
   <translation>{0} enthält andere Dateien als einen früheren Export: wählen Sie einen neuen oder leeren Ordner.</translation>
  </message>
  <message>
   <source>{0} holds over {1:,} files: import fewer at a time.</source>
   <translation>{0} enthält über {1:,} Dateien: importieren Sie weniger auf einmal.</translation>
  </message>
  <message>
   <source>{0} holds over {1:,} files: unpack it yourself.</source>
   <translation>{0} enthält über {1:,} Dateien: Entpacken Sie es selbst.</translation>
  </message>
  <message>
   <source>{0} holds {1} with settings {2}, not what the list of models says; get the file again.</source>
   <translation>{0} enthält {1} mit den Einstellungen {2}, nicht was die Liste der Modelle sagt; holen Sie die Datei neu.</translation>
  </message>
  <message>
   <source>{0} in {1} holds values that are not finite; get the file again.</source>
   <translation>{0} in {1} enthält Werte, die nicht endlich sind; holen Sie die Datei neu.</translation>
  </message>
  <message>
   <source>{0} is a damaged archive, or of an unusual kind: unpack it yourself.</source>
   <translation>{0} ist ein beschädigtes Archiv oder von ungewöhnlicher Art: Entpacken Sie es selbst.</translation>
  </message>
  <message>
   <source>{0} is a file: name a folder for the export.</source>
   <translation>{0} ist eine Datei: nennen Sie einen Ordner für den Export.</translation>
  </message>
  <message>
   <source>{0} is a folder: name a file for the export.</source>
   <translation>{0} ist ein Ordner: nennen Sie eine Datei für den Export.</translation>
  </message>
  <message>
   <source>{0} is a link, where a lock belongs: remove it.</source>
   <translation>{0} ist eine Verknüpfung, wo eine Sperrdatei hingehört: entfernen Sie sie.</translation>
  </message>
  <message>
   <source>{0} is a second box of this track on frame {1}: remove one of them.</source>
   <translation>{0} ist eine zweite Box dieser Spur auf Bild {1}: entfernen Sie eine davon.</translation>
  </message>
  <message>
   <source>{0} is a second box of track {1} on frame {2}: remove one of them.</source>
   <translation>{0} ist eine zweite Box von Spur {1} auf Bild {2}: entfernen Sie eine davon.</translation>
  </message>
  <message>
   <source>{0} is a second box of {1} on frame {2}: remove one of them.</source>
   <translation>{0} ist eine zweite Box von {1} auf Bild {2}: entfernen Sie eine davon.</translation>
  </message>
  <message>
   <source>{0} is a single picture; open the folder it is in, or a video.</source>
   <translation>{0} ist ein einzelnes Bild; öffnen Sie den Ordner, in dem es liegt, oder ein Video.</translation>
  </message>
  <message>
   <source>{0} is already open in another DiMPLE ({1}): close it there first.</source>
   <translation>{0} ist schon in einem anderen DiMPLE offen ({1}): schließen Sie es erst dort.</translation>
  </message>
  <message>
   <source>{0} is damaged (format {1}): restore it from a copy.</source>
   <translation>{0} ist beschädigt (Format {1}): holen Sie es aus einer Kopie zurück.</translation>
  </message>
  <message>
   <source>{0} is damaged ({1}): restore it from a copy.</source>
   <translation>{0} ist beschädigt ({1}): holen Sie es aus einer Kopie zurück.</translation>
  </message>
  <message>
   <source>{0} is damaged or no DiMPLE project ({1}): restore it from a copy.</source>
   <translation>{0} ist beschädigt oder kein DiMPLE-Projekt ({1}): holen Sie es aus einer Kopie zurück.</translation>
  </message>
  <message>
   <source>{0} is empty: choose another file.</source>
   <translation>{0} ist leer: Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is empty; copy or record the video again.</source>
   <translation>{0} ist leer; kopieren Sie das Video noch einmal, oder nehmen Sie es neu auf.</translation>
  </message>
  <message>
   <source>{0} is encrypted: unpack it yourself.</source>
   <translation>{0} ist verschlüsselt: Entpacken Sie es selbst.</translation>
  </message>
  <message>
   <source>{0} is frame {1}: a sequence has 1 to {2} frames.</source>
   <translation>{0} ist Bild {1}: eine Sequenz hat 1 bis {2} Bilder.</translation>
  </message>
  <message>
   <source>{0} is in Datumaro's own format: export it as COCO, CVAT or MOT.</source>
   <translation>{0} ist im eigenen Format von Datumaro: Exportieren Sie es als COCO, CVAT oder MOT.</translation>
  </message>
  <message>
   <source>{0} is in use by another program: close it there.</source>
   <translation>{0} wird von einem anderen Programm benutzt: schließen Sie es dort.</translation>
  </message>
  <message>
   <source>{0} is neither a file nor a folder; choose a video or a folder of pictures.</source>
   <translation>{0} ist weder eine Datei noch ein Ordner; wählen Sie ein Video oder einen Ordner mit Bildern.</translation>
  </message>
  <message>
   <source>{0} is no DiMPLE model file or is damaged ({1}); get it again.</source>
   <translation>{0} ist keine Modelldatei von DiMPLE oder beschädigt ({1}); holen Sie sie neu.</translation>
  </message>
  <message>
   <source>{0} is no DiMPLE model file: it is larger than 1 GB; take another file.</source>
   <translation>{0} ist keine Modelldatei von DiMPLE: sie ist größer als 1 GB; nehmen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no DiMPLE model file: its header names no network; convert the checkpoint first.</source>
   <translation>{0} ist keine Modelldatei von DiMPLE: ihr Kopf nennt kein Netz; wandeln Sie zuerst den Checkpoint um.</translation>
  </message>
  <message>
   <source>{0} is no DiMPLE model file: {1} holds {2}; take another file.</source>
   <translation>{0} ist keine Modelldatei von DiMPLE: {1} enthält {2}; nehmen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no JSON ({1}): choose another file.</source>
   <translation>{0} ist kein JSON ({1}): wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no definition of an attribute ({1}): correct the header.</source>
   <translation>{0} legt kein Merkmal fest ({1}): berichtigen Sie die Kopfzeile.</translation>
  </message>
  <message>
   <source>{0} is no definition of an attribute: correct or remove it.</source>
   <translation>{0} legt kein Merkmal fest: berichtigen oder entfernen Sie es.</translation>
  </message>
  <message>
   <source>{0} is no definition of an attribute: correct the header.</source>
   <translation>{0} legt kein Merkmal fest: berichtigen Sie die Kopfzeile.</translation>
  </message>
  <message>
   <source>{0} is no longer there ({1}): bring it back.</source>
   <translation>{0} ist nicht mehr da ({1}): legen Sie es zurück.</translation>
  </message>
  <message>
   <source>{0} is no name for a model; give one of letters, digits, '-', '_' and '.' with --name, 64 at most, other than {1!r}.</source>
   <translation>{0} ist kein Name für ein Modell; geben Sie mit --name einen aus Buchstaben, Ziffern, '-', '_' und '.', höchstens 64, einen anderen als {1!r}.</translation>
  </message>
  <message>
   <source>{0} is no object: the file is not of this format.</source>
   <translation>{0} ist kein Objekt: die Datei hat nicht dieses Format.</translation>
  </message>
  <message>
   <source>{0} is no published DiMP checkpoint or is damaged; download it again.</source>
   <translation>{0} ist kein veröffentlichter DiMP-Checkpoint oder beschädigt; laden Sie ihn neu herunter.</translation>
  </message>
  <message>
   <source>{0} is no published DiMP checkpoint: it contains objects that would run code or cannot be read safely; nothing was run.</source>
   <translation>{0} ist kein veröffentlichter DiMP-Checkpoint: er enthält Objekte, die Code ausführen würden oder nicht sicher zu lesen sind; nichts wurde ausgeführt.</translation>
  </message>
  <message>
   <source>{0} is no published DiMP checkpoint: it holds no dictionary; take another file.</source>
   <translation>{0} ist kein veröffentlichter DiMP-Checkpoint: er enthält kein Verzeichnis; nehmen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no published DiMP checkpoint: it is larger than 2 GB; take another file.</source>
   <translation>{0} ist kein veröffentlichter DiMP-Checkpoint: er ist größer als 2 GB; nehmen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no published DiMP checkpoint: its parts are compressed, as PyTorch never does; take another file.</source>
   <translation>{0} ist kein veröffentlichter DiMP-Checkpoint: seine Teile sind gepackt, was PyTorch nie tut; nehmen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} is no published {1}: it holds {3}, which such a one has not (such tensors: {2}); take a published file.</source>
   <translation>{0} ist kein veröffentlichtes {1}: es enthält {3}, was ein solches nicht hat (solche Tensoren: {2}); nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} is no published {1}: it lacks {3} (tensors lacking: {2}); take a published file.</source>
   <translation>{0} ist kein veröffentlichtes {1}: ihm fehlt {3} (fehlende Tensoren: {2}); nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} is no published {1}: {2} has shape {3}, not {4}; take a published file.</source>
   <translation>{0} ist kein veröffentlichtes {1}: {2} hat die Form {3}, nicht {4}; nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} is no published {1}: {2} is something else than a tensor of numbers; take a published file.</source>
   <translation>{0} ist kein veröffentlichtes {1}: {2} ist etwas anderes als ein Tensor aus Zahlen; nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} is no seqinfo.ini ({1:.200}): correct the file.</source>
   <translation>{0} ist keine seqinfo.ini ({1:.200}): berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} is no task: the file is not of this format.</source>
   <translation>{0} ist keine Aufgabe: die Datei hat nicht dieses Format.</translation>
  </message>
  <message>
   <source>{0} is no weights file; give a .safetensors file or a released .pth checkpoint.</source>
   <translation>{0} ist keine Gewichtsdatei; geben Sie eine .safetensors-Datei oder einen veröffentlichten .pth-Checkpoint.</translation>
  </message>
  <message>
   <source>{0} is not &lt;annotation&gt;: this is no file of Pascal VOC.</source>
   <translation>{0} ist nicht &lt;annotation&gt;: das ist keine Datei von Pascal VOC.</translation>
  </message>
  <message>
   <source>{0} is not &lt;annotations&gt;: this is no file of CVAT.</source>
   <translation>{0} ist nicht &lt;annotations&gt;: das ist keine Datei von CVAT.</translation>
  </message>
  <message>
   <source>{0} is not a video this program can read: it is damaged, cut short or of another kind.</source>
   <translation>{0} ist kein Video, das dieses Programm lesen kann: es ist beschädigt, abgeschnitten oder von anderer Art.</translation>
  </message>
  <message>
   <source>{0} is not there: check the name.</source>
   <translation>{0} gibt es nicht: prüfen Sie den Namen.</translation>
  </message>
  <message>
   <source>{0} is not there; check the name, or whether it was moved.</source>
   <translation>{0} gibt es nicht; prüfen Sie den Namen, und ob es verschoben wurde.</translation>
  </message>
  <message>
   <source>{0} is the project itself: choose another name for the copy.</source>
   <translation>{0} ist das Projekt selbst: wählen Sie einen anderen Namen für die Kopie.</translation>
  </message>
  <message>
   <source>{0} is too large for a file of one picture: choose another folder.</source>
   <translation>{0} ist zu groß für die Datei eines Bildes: wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{0} is where the file has more than {1} attributes: remove some.</source>
   <translation>Bei {0} hat die Datei mehr als {1} Merkmale: entfernen Sie einige.</translation>
  </message>
  <message>
   <source>{0} is {1!r:.40}, not a number: correct the file.</source>
   <translation>{0} ist {1!r:.40}, keine Zahl: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} is {1!r:.60}, not {2} numbers: correct the file.</source>
   <translation>{0} ist {1!r:.60}, nicht {2} Zahlen: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} is {1!r:.60}: a number is far too large.</source>
   <translation>{0} ist {1!r:.60}: eine Zahl ist viel zu groß.</translation>
  </message>
  <message>
   <source>{0} is {1!r:.60}: frame, id and class are whole numbers.</source>
   <translation>{0} ist {1!r:.60}: Bild, Nummer und Klasse sind ganze Zahlen.</translation>
  </message>
  <message>
   <source>{0} is {1} x {2} pixels in the file and {3} {4} x {5} in the project: boxes may be in wrong places.</source>
   <translation>{0} hat in der Datei {1} x {2} Pixel und {3} im Projekt {4} x {5}: Boxen können falsch liegen.</translation>
  </message>
  <message>
   <source>{0} jumped at frame {1}.</source>
   <translation>{0} ist bei Bild {1} gesprungen.</translation>
  </message>
  <message>
   <source>{0} lacks 'frame_index', the number of its frame: add it.</source>
   <translation>{0} fehlt 'frame_index', die Nummer des Bildes: fügen Sie sie hinzu.</translation>
  </message>
  <message>
   <source>{0} lacks seqLength, imWidth or imHeight: add them.</source>
   <translation>{0} fehlt seqLength, imWidth oder imHeight: fügen Sie sie hinzu.</translation>
  </message>
  <message>
   <source>{0} left the picture at frame {1}.</source>
   <translation>{0} hat bei Bild {1} das Bild verlassen.</translation>
  </message>
  <message>
   <source>{0} lies more than {1} elements deep: choose another file.</source>
   <translation>{0} liegt mehr als {1} Elemente tief: wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0} looks like none of the formats {1}: choose its format if you know it.</source>
   <translation>{0} sieht wie keines der Formate {1} aus: wählen Sie das Format, wenn Sie es kennen.</translation>
  </message>
  <message>
   <source>{0} may not be written: check the permissions of the file and its folder.</source>
   <translation>{0} darf nicht geschrieben werden: prüfen Sie die Rechte der Datei und ihres Ordners.</translation>
  </message>
  <message>
   <source>{0} may not be written: choose another folder or change its permissions.</source>
   <translation>{0} darf nicht geschrieben werden: wählen Sie einen anderen Ordner, oder ändern Sie die Rechte.</translation>
  </message>
  <message>
   <source>{0} more have stopped: see the Review panel.</source>
   <translation>{0} weitere haben angehalten: siehe das Feld Prüfen.</translation>
  </message>
  <message>
   <source>{0} numbers classes from 0, not from 1 as it should: 0 was taken for the first.</source>
   <translation>{0} zählt Klassen ab 0, nicht ab 1, wie es sein sollte: 0 wurde als die erste genommen.</translation>
  </message>
  <message>
   <source>{0} numbers frames from 0, not from 1 as it should: 0 was taken for the first.</source>
   <translation>{0} zählt Bilder ab 0, nicht ab 1, wie es sein sollte: 0 wurde als das erste genommen.</translation>
  </message>
  <message>
   <source>{0} numbers frames from {1} by {2}: correct the file.</source>
   <translation>{0} zählt Bilder ab {1} in Schritten von {2}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0} numbers the frames of each video from 1: frame 1 was taken for the first.</source>
   <translation>{0} zählt die Bilder jedes Videos ab 1: Bild 1 wurde als das erste genommen.</translation>
  </message>
  <message>
   <source>{0} of sequence {1} could not all be read.</source>
   <translation>{0} der Sequenz {1}: nicht alle lesbar.</translation>
  </message>
  <message>
   <source>{0} of sequences {1}: if there were any, they could not be read.</source>
   <translation>{0} der Sequenzen {1}: falls es welche gab, konnten sie nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{0} of track {1}</source>
   <translation>{0} der Spur {1}</translation>
  </message>
  <message>
   <source>{0} of track {1} could not all be read.</source>
   <translation>{0} der Spur {1}: nicht alle lesbar.</translation>
  </message>
  <message>
   <source>{0} of track {1} “{2}”</source>
   <translation>{0} der Spur {1} „{2}“</translation>
  </message>
  <message>
   <source>{0} of tracks {1}: if there were any, they could not be read.</source>
   <translation>{0} der Spuren {1}: falls es welche gab, konnten sie nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{0} on frames {1} could not be read.</source>
   <translation>{0} auf den Bildern {1}: nicht lesbar.</translation>
  </message>
  <message>
   <source>{0} starts trackers on the first frame, and {1:,} tracks are not there yet.</source>
   <translation>{0} lässt Tracker auf dem ersten Bild beginnen, und {1:,} Spuren sind da noch nicht.</translation>
  </message>
  <message>
   <source>{0} tells of pictures of {1} x {2} pixels: correct the size.</source>
   <translation>{0} spricht von Bildern mit {1} x {2} Pixeln: berichtigen Sie die Größe.</translation>
  </message>
  <message>
   <source>{0} tells of {1:g} frames per second: correct the rate.</source>
   <translation>{0} spricht von {1:g} Bildern je Sekunde: berichtigen Sie die Bildrate.</translation>
  </message>
  <message>
   <source>{0} tells of {1} frames: a sequence has 1 to {2}.</source>
   <translation>{0} spricht von {1} Bildern: eine Sequenz hat 1 bis {2}.</translation>
  </message>
  <message>
   <source>{0} tells of {1} frames: a sequence has up to {2}.</source>
   <translation>{0} spricht von {1} Bildern: eine Sequenz hat bis zu {2}.</translation>
  </message>
  <message>
   <source>{0} to {1}</source>
   <translation>{0} bis {1}</translation>
  </message>
  <message>
   <source>{0} was built with {1} = {2}, this program knows only {3!r}; take a published file.</source>
   <translation>{0} wurde mit {1} = {2} gebaut, dieses Programm kennt nur {3!r}; nehmen Sie eine veröffentlichte Datei.</translation>
  </message>
  <message>
   <source>{0} was in doubt at frame {1}.</source>
   <translation>{0} war bei Bild {1} zweifelhaft.</translation>
  </message>
  <message>
   <source>{0} was lost at frame {1}.</source>
   <translation>{0} ging bei Bild {1} verloren.</translation>
  </message>
  <message>
   <source>{0} was made by a newer DiMPLE (format {1}, this one reads up to {2}): open it with that one.</source>
   <translation>{0} ist von einem neueren DiMPLE (Format {1}, dieses liest bis {2}): öffnen Sie es mit jenem.</translation>
  </message>
  <message>
   <source>{0} would put {1!r:.60} outside of its folder: do not trust it.</source>
   <translation>{0} würde {1!r:.60} außerhalb seines Ordners ablegen: Trauen Sie ihm nicht.</translation>
  </message>
  <message>
   <source>{0} {1} could not be read.</source>
   <translation>{0} {1}: nicht lesbar.</translation>
  </message>
  <message>
   <source>{0}, line 1 has no column {1}: it is no table of boxes in this format.</source>
   <translation>{0}, Zeile 1 hat keine Spalte {1}: das ist keine Tabelle von Boxen in diesem Format.</translation>
  </message>
  <message>
   <source>{0}, line 1 has two columns of one name: rename one.</source>
   <translation>{0}, Zeile 1 hat zwei Spalten eines Namens: benennen Sie eine um.</translation>
  </message>
  <message>
   <source>{0}, line {1} declares a document type or an entity, which may hide an attack: take the declaration out of the file.</source>
   <translation>{0}, Zeile {1} erklärt einen Dokumenttyp oder eine Entität, worin ein Angriff stecken kann: nehmen Sie die Erklärung aus der Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} goes on after {2} frames: correct the file.</source>
   <translation>{0}, Zeile {1} geht nach {2} Bildern weiter: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} has {2} numbers, not the four of a box: correct the file.</source>
   <translation>{0}, Zeile {1} hat {2} Zahlen, nicht die vier einer Box: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is a text without end: choose another file.</source>
   <translation>{0}, Zeile {1} ist ein Text ohne Ende: wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is longer than {2} bytes: choose another file.</source>
   <translation>{0}, Zeile {1} ist länger als {2} Byte: wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is no CSV ({2}): correct the file.</source>
   <translation>{0}, Zeile {1} ist kein CSV ({2}): berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is no JSON ({2}): correct the file.</source>
   <translation>{0}, Zeile {1} ist kein JSON ({2}): berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is no UTF-8 text: save it as UTF-8.</source>
   <translation>{0}, Zeile {1} ist kein UTF-8-Text: Speichern Sie die Datei als UTF-8.</translation>
  </message>
  <message>
   <source>{0}, line {1} is no XML ({2}): correct the file.</source>
   <translation>{0}, Zeile {1} ist kein XML ({2}): berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is {2!r:.60}, not numbers: correct the file.</source>
   <translation>{0}, Zeile {1} ist {2!r:.60}, keine Zahlen: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1} is {2!r:.60}: a number is too large; correct the file.</source>
   <translation>{0}, Zeile {1} ist {2!r:.60}: eine Zahl ist zu groß; berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1}: a second box of id {2} on frame {3}.</source>
   <translation>{0}, Zeile {1}: eine zweite Box der Nummer {2} auf Bild {3}.</translation>
  </message>
  <message>
   <source>{0}, line {1}: class {2} has no name: add gt/labels.txt, one name a line.</source>
   <translation>{0}, Zeile {1}: Klasse {2} hat keinen Namen: fügen Sie gt/labels.txt hinzu, mit einem Namen je Zeile.</translation>
  </message>
  <message>
   <source>{0}, line {1}: frame {2} is not in {3} to {4} of seqinfo.ini: correct it, or say how frames are numbered.</source>
   <translation>{0}, Zeile {1}: Bild {2} liegt nicht in {3} bis {4} aus seqinfo.ini: berichtigen Sie es, oder sagen Sie, ab wann Bilder gezählt sind.</translation>
  </message>
  <message>
   <source>{0}, line {1}: id {2} is no track: ids count from 1.</source>
   <translation>{0}, Zeile {1}: Nummer {2} ist keine Spur: Nummern zählen ab 1.</translation>
  </message>
  <message>
   <source>{0}, line {1}: the box has a negative width or height: correct the file.</source>
   <translation>{0}, Zeile {1}: die Box hat eine negative Breite oder Höhe: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}, line {1}: {2!r:.40} is not from 0 to {3}: correct the file.</source>
   <translation>{0}, Zeile {1}: {2!r:.40} liegt nicht zwischen 0 und {3}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: attribute {1!r:.60} is {2!r:.60}, no {3} that it can have: correct the file.</source>
   <translation>{0}: Merkmal {1!r:.60} ist {2!r:.60}, kein Wert der Art {3}, den es haben kann: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: source is {1!r:.60}, not keyframe, tracked or outside: correct the file.</source>
   <translation>{0}: source ist {1!r:.60}, nicht keyframe, tracked oder outside: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: status is {1!r:.60}, none of {2}: correct the file.</source>
   <translation>{0}: status ist {1!r:.60}, nichts von {2}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: the box has no width or no height.</source>
   <translation>{0}: die Box hat keine Breite oder keine Höhe.</translation>
  </message>
  <message>
   <source>{0}: the numbers are not all between 0 and 1, shares of the picture: correct the file.</source>
   <translation>{0}: die Zahlen liegen nicht alle zwischen 0 und 1, als Anteile des Bildes: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: visibility is {1:g}, not between 0 and 1: correct the file.</source>
   <translation>{0}: visibility ist {1:g}, nicht zwischen 0 und 1: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1!r} is {2!r:.40}, not 0 or 1: correct the file.</source>
   <translation>{0}: {1!r} ist {2!r:.40}, nicht 0 oder 1: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1!r} is {2:g}, not a whole number: correct the file.</source>
   <translation>{0}: {1!r} ist {2:g}, keine ganze Zahl: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1!r} of the box is {2:g}, far beyond any picture: correct the file.</source>
   <translation>{0}: {1!r} der Box ist {2:g}, weit außerhalb jedes Bildes: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1:,} boxes have the id -1: each became a track of its own.</source>
   <translation>{0}: {1:,} Boxen haben die Nummer -1: aus jeder wurde eine eigene Spur.</translation>
  </message>
  <message>
   <source>{0}: {1:,} rows that do not count (seventh column 0) are left out.</source>
   <translation>{0}: {1:,} Zeilen, die nicht zählen (siebte Spalte 0), werden ausgelassen.</translation>
  </message>
  <message>
   <source>{0}: {1:g} is neither a track nor a confidence: correct the file.</source>
   <translation>{0}: {1:g} ist weder eine Spur noch eine Konfidenz: Korrigieren Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1}</source>
   <translation>{0}: {1}</translation>
  </message>
  <message>
   <source>{0}: {1} contradicted the rest and are left out.</source>
   <translation>{0}: {1} widersprachen dem Rest und sind weggelassen.</translation>
  </message>
  <message>
   <source>{0}: {1} is {2!r:.60}, not a number: correct the file.</source>
   <translation>{0}: {1} ist {2!r:.60}, keine Zahl: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1} is {2:g}, not a whole number from {3} to {4}: correct the file.</source>
   <translation>{0}: {1} ist {2:g}, keine ganze Zahl von {3} bis {4}: berichtigen Sie die Datei.</translation>
  </message>
  <message>
   <source>{0}: {1} made no sense and are left out.</source>
   <translation>{0}: {1} ergaben keinen Sinn und sind weggelassen.</translation>
  </message>
 </context>
 <context>
  <name>SequenceAdding</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Reading {0}…</source>
   <translation>{0} wird gelesen…</translation>
  </message>
  <message>
   <source>This project can only be read: copy it to a folder where you may write first.</source>
   <translation>Dieses Projekt ist nur lesbar: Kopieren Sie es zuerst in einen Ordner, in den Sie schreiben dürfen.</translation>
  </message>
  <message>
   <source>{0} more</source>
   <translation>{0} weitere</translation>
  </message>
  <message>
   <source>{0} of {1}</source>
   <translation>{0} von {1}</translation>
  </message>
  <message>
   <source>{0} of {1} could not be added:</source>
   <translation>{0} von {1} konnten nicht hinzugefügt werden:</translation>
  </message>
 </context>
 <context>
  <name>SequenceList</name>
  <message>
   <source>Add folder…</source>
   <translation>Ordner…</translation>
  </message>
  <message>
   <source>Add videos…</source>
   <translation>Videos…</translation>
  </message>
  <message>
   <source>Sequences of the project</source>
   <translation>Sequenzen des Projekts</translation>
  </message>
 </context>
 <context>
  <name>SequenceModel</name>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>in progress</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>tracks: {0}, boxes: {1}</source>
   <translation>Spuren: {0}, Boxen: {1}</translation>
  </message>
  <message>
   <source>untouched</source>
   <translation>unberührt</translation>
  </message>
  <message>
   <source>{0} frames</source>
   <translation>{0} Bilder</translation>
  </message>
 </context>
 <context>
  <name>SequencePresenter</name>
  <message>
   <source>Note on {0}</source>
   <translation>Notiz zu {0}</translation>
  </message>
  <message>
   <source>This is the only sequence of the project: add another one first, or close it.</source>
   <translation>Dies ist die einzige Sequenz des Projekts: Fügen Sie zuerst eine weitere hinzu, oder schließen Sie es.</translation>
  </message>
  <message>
   <source>Your words about it</source>
   <translation>Ihre Worte dazu</translation>
  </message>
 </context>
 <context>
  <name>ShortcutEditor</name>
  <message>
   <source>Action</source>
   <translation>Aktion</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>Choose an action above.</source>
   <translation>Wählen Sie oben eine Aktion.</translation>
  </message>
  <message>
   <source>Click into the field and press the key for “{0}”.</source>
   <translation>Ins Feld klicken und die Taste für „{0}“ drücken.</translation>
  </message>
  <message>
   <source>Default key</source>
   <translation>Vorgabe</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>New key</source>
   <translation>Neue Taste</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>Keine Taste</translation>
  </message>
  <message>
   <source>Press the key</source>
   <translation>Taste drücken</translation>
  </message>
  <message>
   <source>Reset all keys</source>
   <translation>Alle Tasten zurücksetzen</translation>
  </message>
  <message>
   <source>Search by name or key</source>
   <translation>Nach Name oder Taste suchen</translation>
  </message>
  <message>
   <source>Use it as well</source>
   <translation>Zusätzlich nehmen</translation>
  </message>
  <message>
   <source>Use this key</source>
   <translation>Diese Taste nehmen</translation>
  </message>
  <message>
   <source>{0} is free.</source>
   <translation>{0} ist frei.</translation>
  </message>
  <message>
   <source>{0} is the key of “{1}”, which would lose it.</source>
   <translation>{0} ist die Taste von „{1}“ und ginge dort verloren.</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsOverlay</name>
  <message>
   <source>Box</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>arrows</source>
   <translation>Pfeile</translation>
  </message>
  <message>
   <source>{0} by {1} px</source>
   <translation>{0} um {1} px</translation>
  </message>
 </context>
 <context>
  <name>SourceChoice</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Choose a video</source>
   <translation>Video wählen</translation>
  </message>
  <message>
   <source>Choose an image folder</source>
   <translation>Bildordner wählen</translation>
  </message>
  <message>
   <source>Choose videos</source>
   <translation>Videos auswählen</translation>
  </message>
  <message>
   <source>Videos</source>
   <translation>Videos</translation>
  </message>
 </context>
 <context>
  <name>StartPage</name>
  <message>
   <source>A short clip with its first box drawn, to see the tracker work</source>
   <translation>Ein kurzer Clip, in dem die erste Box schon gezeichnet ist, um den Tracker arbeiten zu sehen</translation>
  </message>
  <message>
   <source>Draw one box; the tracker carries it through the video and learns from every correction.</source>
   <translation>Zeichnen Sie eine Box; der Tracker trägt sie durch das Video und lernt aus jeder Korrektur.</translation>
  </message>
  <message>
   <source>MP4, MOV, MKV, AVI and more</source>
   <translation>MP4, MOV, MKV, AVI und mehr</translation>
  </message>
  <message>
   <source>Numbered JPEG or PNG files</source>
   <translation>Nummerierte JPEG- oder PNG-Dateien</translation>
  </message>
  <message>
   <source>Open image folder…</source>
   <translation>Bildordner öffnen…</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>Open video…</source>
   <translation>Video öffnen…</translation>
  </message>
  <message>
   <source>Or drop a video, a folder of images or a project here</source>
   <translation>Oder ein Video, einen Bildordner oder ein Projekt hier ablegen</translation>
  </message>
  <message>
   <source>Projects you have worked on will be listed here.</source>
   <translation>Projekte, an denen Sie gearbeitet haben, stehen dann hier.</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>Letzte Projekte</translation>
  </message>
  <message>
   <source>Take off the list</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
  <message>
   <source>Try the sample</source>
   <translation>Beispiel ausprobieren</translation>
  </message>
  <message>
   <source>{0} (not there now)</source>
   <translation>{0} (gerade nicht da)</translation>
  </message>
 </context>
 <context>
  <name>StateFields</name>
  <message>
   <source>Between keyframes {0} and {1}.</source>
   <translation>Zwischen Schlüsselbild {0} und {1}.</translation>
  </message>
  <message>
   <source>How much of it is to be seen, from this frame to the next keyframe</source>
   <translation>Wie viel davon zu sehen ist, von diesem Bild bis zum nächsten Schlüsselbild</translation>
  </message>
  <message>
   <source>Occluded</source>
   <translation>Verdeckt</translation>
  </message>
  <message>
   <source>On a straight line from frame {0} to {1}.</source>
   <translation>Auf einer Geraden von Bild {0} bis {1}.</translation>
  </message>
  <message>
   <source>Outside from frame {0} on.</source>
   <translation>Außerhalb ab Bild {0}.</translation>
  </message>
  <message>
   <source>Outside from frame {0} to {1}.</source>
   <translation>Außerhalb von Bild {0} bis {1}.</translation>
  </message>
  <message>
   <source>Outside on this frame.</source>
   <translation>Auf diesem Bild außerhalb.</translation>
  </message>
  <message>
   <source>Partly hidden, from this frame to the next keyframe</source>
   <translation>Teils verdeckt, von diesem Bild bis zum nächsten Schlüsselbild</translation>
  </message>
  <message>
   <source>Visible</source>
   <translation>Sichtbar</translation>
  </message>
  <message>
   <source>Visible share of the object</source>
   <translation>Sichtbarer Anteil des Objekts</translation>
  </message>
 </context>
 <context>
  <name>StatusPresenter</name>
  <message>
   <source>Details…</source>
   <translation>Einzelheiten…</translation>
  </message>
  <message>
   <source>Doubtful places to check: {0}.</source>
   <translation>Zweifelhafte Stellen zu prüfen: {0}.</translation>
  </message>
  <message>
   <source>Draw a box around the object, or press {0}.</source>
   <translation>Zeichnen Sie eine Box um das Objekt, oder drücken Sie {0}.</translation>
  </message>
  <message>
   <source>Draw a box around the object: drag, click two corners, or go to each with the arrows (Shift: one pixel, Ctrl: a hundred) and press Enter. Esc leaves it.</source>
   <translation>Zeichnen Sie eine Box um das Objekt: ziehen, zwei Ecken anklicken, oder mit den Pfeiltasten (Umschalt: ein Pixel, Strg: hundert) zu jeder gehen und die Eingabetaste drücken. Esc bricht ab.</translation>
  </message>
  <message>
   <source>Locate…</source>
   <translation>Suchen…</translation>
  </message>
  <message>
   <source>Press {0}, and the tracker learns this box and goes on.</source>
   <translation>Drücken Sie {0}, und der Tracker lernt diese Box und macht weiter.</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>Start the tracker anew</source>
   <translation>Tracker neu starten</translation>
  </message>
  <message>
   <source>The tracker answers again.</source>
   <translation>Der Tracker antwortet wieder.</translation>
  </message>
  <message>
   <source>The tracker can take over from here.</source>
   <translation>Von hier kann der Tracker übernehmen.</translation>
  </message>
  <message>
   <source>The tracker has not answered for {0}. Your work is saved and you can go on; wait, or start it anew.</source>
   <translation>Der Tracker antwortet seit {0} nicht. Ihre Arbeit ist gespeichert und Sie können weitermachen; warten Sie, oder starten Sie ihn neu.</translation>
  </message>
  <message>
   <source>This was in {0}, which is not on the screen.</source>
   <translation>Das war in {0}, das gerade nicht zu sehen ist.</translation>
  </message>
 </context>
 <context>
  <name>StatusStrip</name>
  <message>
   <source>Frame {0} / {1}</source>
   <translation>Bild {0} / {1}</translation>
  </message>
  <message>
   <source>Frames count from {0}; this sequence has {1}.</source>
   <translation>Bilder zählen ab {0}; diese Sequenz hat {1}.</translation>
  </message>
  <message>
   <source>Model of the tracker, and where it computes; see Preferences</source>
   <translation>Modell des Trackers, und wo es rechnet; siehe Einstellungen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Progress of the run</source>
   <translation>Fortschritt des Laufs</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>{0} fps</source>
   <translation>{0} Bilder/s</translation>
  </message>
  <message>
   <source>{0} left</source>
   <translation>noch {0}</translation>
  </message>
 </context>
 <context>
  <name>StoppingPage</name>
  <message>
   <source>0 switches a rule off.</source>
   <translation>0 schaltet eine Regel ab.</translation>
  </message>
  <message>
   <source>A run stops by itself after so many frames in a row</source>
   <translation>Ein Lauf hält von selbst an nach so vielen Bildern in Folge</translation>
  </message>
  <message>
   <source>After a correction</source>
   <translation>Nach einer Korrektur</translation>
  </message>
  <message>
   <source>Never stop: only list what is doubtful</source>
   <translation>Nie anhalten: Zweifelhaftes nur aufführen</translation>
  </message>
  <message>
   <source>Taken up by the next run. Frames where a run stops are in the review list, with the reason.</source>
   <translation>Gilt ab dem nächsten Lauf. Bilder, auf denen ein Lauf anhält, stehen mit dem Grund in der Prüfliste.</translation>
  </message>
  <message>
   <source>Track the doubtful frames before it anew</source>
   <translation>Die zweifelhaften Bilder davor neu verfolgen</translation>
  </message>
  <message>
   <source>and at once when the box</source>
   <translation>und sofort, wenn die Box</translation>
  </message>
  <message>
   <source>grows or shrinks by more than the factor</source>
   <translation>um mehr als diesen Faktor wächst oder schrumpft</translation>
  </message>
  <message>
   <source>jumps by more than so many times its size</source>
   <translation>weiter springt als dieses Vielfache ihrer Größe</translation>
  </message>
  <message>
   <source>mostly outside the picture</source>
   <translation>überwiegend außerhalb des Bildes</translation>
  </message>
  <message>
   <source>with two look-alikes</source>
   <translation>mit zwei Doppelgängern</translation>
  </message>
  <message>
   <source>without the object</source>
   <translation>ohne das Objekt</translation>
  </message>
 </context>
 <context>
  <name>TimePanel</name>
  <message>
   <source>Each object gets a lane here, with the frames you set and those tracked</source>
   <translation>Jedes Objekt bekommt hier eine Zeile mit gesetzten und verfolgten Bildern</translation>
  </message>
 </context>
 <context>
  <name>Timeline</name>
  <message>
   <source>keyframe</source>
   <translation>Schlüsselbild</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>keine Box</translation>
  </message>
  <message>
   <source>outside</source>
   <translation>außerhalb</translation>
  </message>
  <message>
   <source>score {0:.2f}</source>
   <translation>Wert {0:.2f}</translation>
  </message>
  <message>
   <source>{0}, frame {1}: {2}</source>
   <translation>{0}, Bild {1}: {2}</translation>
  </message>
 </context>
 <context>
  <name>Tour</name>
  <message>
   <source>A box round the object</source>
   <translation>Eine Box um das Objekt</translation>
  </message>
  <message>
   <source>Correct it, and it learns</source>
   <translation>Korrigieren, und er lernt</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Everything else</source>
   <translation>Alles andere</translation>
  </message>
  <message>
   <source>How sure it is</source>
   <translation>Wie sicher er ist</translation>
  </message>
  <message>
   <source>Let it be carried</source>
   <translation>Lassen Sie sie tragen</translation>
  </message>
  <message>
   <source>Move a wrong box and press {0}. It becomes a keyframe that no run alters, the tracker learns it for good and goes on.</source>
   <translation>Bewegen Sie eine falsche Box und drücken Sie {0}. Sie wird ein Schlüsselbild, das kein Lauf ändert; der Tracker lernt sie für immer und macht weiter.</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Press {0}: the tracker carries the box on while you watch. {1} pauses, {2} ends.</source>
   <translation>Drücken Sie {0}: Der Tracker trägt die Box weiter, und Sie sehen zu. {1} hält an, {2} beendet.</translation>
  </message>
  <message>
   <source>Skip the tour</source>
   <translation>Rundgang überspringen</translation>
  </message>
  <message>
   <source>The curve and the heat-map ({0}) show it on every frame. Click a dip to look there; where the tracker loses the object it stops by itself and says so.</source>
   <translation>Die Kurve und die Heatmap ({0}) zeigen es auf jedem Bild. Ein Klick auf eine Senke führt dorthin; wo der Tracker das Objekt verliert, hält er von selbst an und sagt es.</translation>
  </message>
  <message>
   <source>The first one is drawn. {0} draws another, with the mouse or with arrows and Enter; arrows move the selected one.</source>
   <translation>Die erste ist gezeichnet. {0} zeichnet eine weitere, mit der Maus oder mit Pfeilen und Eingabetaste; Pfeile bewegen die gewählte.</translation>
  </message>
  <message>
   <source>Tour</source>
   <translation>Rundgang</translation>
  </message>
  <message>
   <source>{0} finds any action, {1} shows all keys, {2} exports. All is saved as you go.</source>
   <translation>{0} findet jede Aktion, {1} zeigt alle Tasten, {2} exportiert. Alles wird laufend gespeichert.</translation>
  </message>
 </context>
 <context>
  <name>TrackEditing</name>
  <message>
   <source>Copy to next frames</source>
   <translation>Auf die nächsten Bilder kopieren</translation>
  </message>
  <message>
   <source>From frame {0} on, exchange the boxes of track {1} with those of</source>
   <translation>Ab Bild {0} die Boxen von Spur {1} tauschen mit denen von</translation>
  </message>
  <message>
   <source>Number of frames after this one; those you have set stay as they are</source>
   <translation>Anzahl der Bilder nach diesem; die Sie gesetzt haben, bleiben, wie sie sind</translation>
  </message>
  <message>
   <source>Swap</source>
   <translation>Tauschen</translation>
  </message>
  <message>
   <source>Swap from here on</source>
   <translation>Ab hier tauschen</translation>
  </message>
 </context>
 <context>
  <name>TrackList</name>
  <message>
   <source>No tracks yet.
Draw a box around an object to begin one.</source>
   <translation>Noch keine Spuren.
Zeichnen Sie eine Box um ein Objekt, um eine zu beginnen.</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Tracks</source>
   <translation>Spuren</translation>
  </message>
 </context>
 <context>
  <name>TrackModel</name>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Hidden: click to show it</source>
   <translation>Ausgeblendet: klicken, um sie zu zeigen</translation>
  </message>
  <message>
   <source>Locked</source>
   <translation>Gesperrt</translation>
  </message>
  <message>
   <source>Locked: click to unlock it</source>
   <translation>Gesperrt: klicken, um sie zu entsperren</translation>
  </message>
  <message>
   <source>Not locked: click to lock it</source>
   <translation>Nicht gesperrt: klicken, um sie zu sperren</translation>
  </message>
  <message>
   <source>Shown</source>
   <translation>Gezeigt</translation>
  </message>
  <message>
   <source>Shown: click to hide it</source>
   <translation>Gezeigt: klicken, um sie auszublenden</translation>
  </message>
  <message>
   <source>Track</source>
   <translation>Spur</translation>
  </message>
  <message>
   <source>{0} set by you, {1} tracked</source>
   <translation>{0} von Ihnen gesetzt, {1} verfolgt</translation>
  </message>
 </context>
 <context>
  <name>TrackingPage</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Doubt</source>
   <translation>Zweifel</translation>
  </message>
  <message>
   <source>Doubtful under a score of</source>
   <translation>Zweifelhaft unter einem Wert von</translation>
  </message>
  <message>
   <source>Fastest there is</source>
   <translation>Das schnellste</translation>
  </message>
  <message>
   <source>From a file…</source>
   <translation>Aus einer Datei…</translation>
  </message>
  <message>
   <source>Graphics card (CUDA)</source>
   <translation>Grafikkarte (CUDA)</translation>
  </message>
  <message>
   <source>Graphics of an Apple computer (MPS)</source>
   <translation>Grafik eines Apple-Rechners (MPS)</translation>
  </message>
  <message>
   <source>Listed for review last, where nothing is doubtful and nobody has looked; 0 for none.</source>
   <translation>Steht zuletzt in der Liste, wo nichts fraglich ist und niemand hingesehen hat; 0 für keine.</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Model from a file</source>
   <translation>Modell aus einer Datei</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Prozessor (CPU)</translation>
  </message>
  <message>
   <source>Spot check one frame in</source>
   <translation>Stichprobe: ein Bild von</translation>
  </message>
  <message>
   <source>Taken up by the next run. What was tracked stays as it is.</source>
   <translation>Gilt ab dem nächsten Lauf. Verfolgtes bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>The line in the confidence curve; it can be dragged there.</source>
   <translation>Die Linie in der Sicherheitskurve; sie lässt sich dort ziehen.</translation>
  </message>
  <message>
   <source>Tracker</source>
   <translation>Tracker</translation>
  </message>
 </context>
 <context>
  <name>TransportBar</name>
  <message>
   <source>Frame</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Frame number</source>
   <translation>Bildnummer</translation>
  </message>
  <message>
   <source>Go to this frame (frames count from {0})</source>
   <translation>Zu diesem Bild gehen (Bilder zählen ab {0})</translation>
  </message>
  <message>
   <source>Playback speed</source>
   <translation>Abspielgeschwindigkeit</translation>
  </message>
 </context>
 <context>
  <name>VideoView</name>
  <message>
   <source>Boxes are drawn, moved and resized here with the mouse or the keys</source>
   <translation>Hier werden Boxen mit Maus oder Tasten gezeichnet, bewegt und geändert</translation>
  </message>
 </context>
 <context>
  <name>WindowDialogs</name>
  <message>
   <source>&lt;b&gt;DiMPLE&lt;/b&gt; {1}&lt;br&gt;Label objects in video with a DiMP tracker that learns from every correction.&lt;br&gt;&lt;br&gt;MIT licence. Icons: Lucide (ISC).&lt;br&gt;Log: {0}</source>
   <translation>&lt;b&gt;DiMPLE&lt;/b&gt; {1}&lt;br&gt;Objekte in Videos beschriften, mit einem DiMP-Tracker, der aus jeder Korrektur lernt.&lt;br&gt;&lt;br&gt;MIT-Lizenz. Symbole: Lucide (ISC).&lt;br&gt;Protokoll: {0}</translation>
  </message>
  <message>
   <source>About DiMPLE</source>
   <translation>Über DiMPLE</translation>
  </message>
  <message>
   <source>Another video?</source>
   <translation>Ein anderes Video?</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>DiMPLE projects</source>
   <translation>DiMPLE-Projekte</translation>
  </message>
  <message>
   <source>DiMPLE projects (*{0})</source>
   <translation>DiMPLE-Projekte (*{0})</translation>
  </message>
  <message>
   <source>It is in the log as well: {0}</source>
   <translation>Es steht auch im Protokoll: {0}</translation>
  </message>
  <message>
   <source>It was in {0}. Connect its drive, or open it from where it is now.</source>
   <translation>Es lag in {0}. Verbinden Sie das Laufwerk, oder öffnen Sie es dort, wo es jetzt liegt.</translation>
  </message>
  <message>
   <source>Leave without them</source>
   <translation>Ohne sie verlassen</translation>
  </message>
  <message>
   <source>Only {0} is opened. To have several videos or folders in one project, open the first one and add the others with File &gt; Add videos to project.</source>
   <translation>Nur {0} wird geöffnet. Um mehrere Videos oder Ordner in einem Projekt zu haben, öffnen Sie das erste und fügen Sie die anderen mit Datei &gt; Videos zum Projekt hinzufügen hinzu.</translation>
  </message>
  <message>
   <source>Open project</source>
   <translation>Projekt öffnen</translation>
  </message>
  <message>
   <source>Save a copy</source>
   <translation>Kopie speichern</translation>
  </message>
  <message>
   <source>Save elsewhere…</source>
   <translation>Anderswo speichern…</translation>
  </message>
  <message>
   <source>Take off the list</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>What went wrong, for a report:</source>
   <translation>Was schiefging, für einen Bericht:</translation>
  </message>
  <message>
   <source>Where is {0}?</source>
   <translation>Wo ist {0}?</translation>
  </message>
  <message>
   <source>Your last edits are not in the file yet.</source>
   <translation>Ihre letzten Änderungen sind noch nicht in der Datei.</translation>
  </message>
  <message>
   <source>{0} cannot be written at the moment. What is to become of the edits?</source>
   <translation>{0} lässt sich gerade nicht schreiben. Was soll aus den Änderungen werden?</translation>
  </message>
  <message>
   <source>{0} is not the file that was labelled. Boxes may be on wrong frames. Use it all the same?</source>
   <translation>{0} ist nicht die Datei, die beschriftet wurde. Boxen könnten auf falschen Bildern liegen. Trotzdem verwenden?</translation>
  </message>
  <message>
   <source>{0} is not there now.</source>
   <translation>{0} ist zurzeit nicht da.</translation>
  </message>
 </context>
 <context>
  <name>Wording</name>
  <message>
   <source>correction</source>
   <translation>Korrektur</translation>
  </message>
  <message>
   <source>first frame</source>
   <translation>erstes Bild</translation>
  </message>
  <message>
   <source>found</source>
   <translation>gefunden</translation>
  </message>
  <message>
   <source>leaves the picture</source>
   <translation>verlässt das Bild</translation>
  </message>
  <message>
   <source>look-alike near</source>
   <translation>Doppelgänger nah</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>verloren</translation>
  </message>
  <message>
   <source>low score</source>
   <translation>niedriger Wert</translation>
  </message>
  <message>
   <source>seen in passing</source>
   <translation>unterwegs gesehen</translation>
  </message>
  <message>
   <source>spot check</source>
   <translation>Stichprobe</translation>
  </message>
  <message>
   <source>the box jumps</source>
   <translation>die Box springt</translation>
  </message>
  <message>
   <source>the size jumps</source>
   <translation>die Größe springt</translation>
  </message>
  <message>
   <source>tracked forward and backward it is in different places</source>
   <translation>vorwärts und rückwärts verfolgt ist es an verschiedenen Orten</translation>
  </message>
  <message>
   <source>two places are possible</source>
   <translation>zwei Orte sind möglich</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>unsicher</translation>
  </message>
  <message>
   <source>{0} h</source>
   <translation>{0} h</translation>
  </message>
  <message>
   <source>{0} min</source>
   <translation>{0} min</translation>
  </message>
  <message>
   <source>{0} s</source>
   <translation>{0} s</translation>
  </message>
 </context>
</TS>
