# Writes OUT, the page of a report as gzip: the template in FOLDER with its style, its script and the charting library CHARTS.
#   cmake -DFOLDER=DIR -DCHARTS=FILE -DGZIP=PROGRAM -DOUT=FILE -P tools/cmake/page.cmake
file(READ ${FOLDER}/page.html page)
foreach(part style=page.css script=page.js)
  string(REPLACE "=" ";" pair ${part})
  list(GET pair 0 place)
  list(GET pair 1 name)
  file(READ ${FOLDER}/${name} text)
  string(REPLACE "{{${place}}}" "${text}" page "${page}")
endforeach()
file(READ ${CHARTS} text)
string(REGEX REPLACE "//# sourceMappingURL[^\n]*" "" text "${text}")  # a browser would ask for it
string(REPLACE "{{charts}}" "${text}" page "${page}")
string(REGEX REPLACE "\\.gz$" "" plain ${OUT})
file(WRITE ${plain} "${page}")
execute_process(COMMAND ${GZIP} -9nkf ${plain} COMMAND_ERROR_IS_FATAL ANY)
